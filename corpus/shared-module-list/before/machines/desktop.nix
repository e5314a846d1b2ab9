{ services.xserver.enable = true; }
