{ stubModules = [ "nixos/modules/profiles/qemu-guest.nix" ]; }
