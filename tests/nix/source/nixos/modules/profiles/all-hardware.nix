{ stubModules = [ "nixos/modules/profiles/all-hardware.nix" ]; }
