{ networking.hostName = "carbon"; nixpkgs.config.cudaSupport = true; }
