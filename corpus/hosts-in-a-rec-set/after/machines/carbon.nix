{ imports = [ ./hardware-profiles/cuda.nix ]; networking.hostName = "carbon"; nixpkgs.config.cudaSupport = true; }
