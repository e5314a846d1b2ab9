{ stubModules = [ "nixos/modules/virtualisation/lxc-container.nix" ]; }
