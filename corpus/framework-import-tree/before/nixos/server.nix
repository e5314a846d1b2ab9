{ flake.modules.nixos.server = { imports = [ ]; services.openssh.enable = true; }; }
