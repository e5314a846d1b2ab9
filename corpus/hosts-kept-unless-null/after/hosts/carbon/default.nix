{ imports = [ ../../nixos/hardware-profiles/cpu-optimized.nix ]; networking.hostName = "carbon"; }
