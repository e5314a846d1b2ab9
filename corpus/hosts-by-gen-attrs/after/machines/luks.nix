{ boot.initrd.luks.devices.root.device = "/dev/vda2"; }
