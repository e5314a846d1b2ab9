{ services.fstrim.enable = true; }
