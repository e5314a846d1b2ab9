{ stubModules = [ "nixos/modules/installer/scan/not-detected.nix" ]; }
