{ nix.settings.max-jobs = 4; }
