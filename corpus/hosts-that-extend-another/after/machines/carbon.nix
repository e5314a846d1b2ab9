{ name, ... }:
{ imports = [ ./hardware-profiles/cpu-optimized.nix ]; networking.hostName = name; }
