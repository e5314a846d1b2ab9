{ flake.modules.nixos.host-carbon.fileSystems."/".device = "/dev/sda"; }
