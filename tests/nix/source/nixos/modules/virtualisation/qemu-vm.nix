{ stubModules = [ "nixos/modules/virtualisation/qemu-vm.nix" ]; }
