{ stubModules = [ "nixos/modules/profiles/minimal.nix" ]; }
