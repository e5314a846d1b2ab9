{ imports = [ ../../../nixos/hardware-profiles/cpu-optimized.nix ]; networking.domain = "example.org"; }
