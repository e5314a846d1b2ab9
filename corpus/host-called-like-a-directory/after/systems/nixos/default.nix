{
  imports = [ ../hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "nixos";
}
