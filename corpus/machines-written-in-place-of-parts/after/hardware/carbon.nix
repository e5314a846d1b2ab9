{ imports = [ ./hardware-profiles/cpu-optimized.nix ]; boot.initrd.availableKernelModules = [ "nvme" ]; }
