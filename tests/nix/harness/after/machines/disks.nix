{ fileSystems."/".device = "/dev/nvme0n1p2"; }
