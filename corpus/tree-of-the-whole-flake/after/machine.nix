{
  imports = [ ./_hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
}
