{ stubModules = [ "nixos/modules/profiles/headless.nix" ]; }
