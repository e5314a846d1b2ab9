{ stubModules = [ "nixos/modules/profiles/base.nix" ]; }
