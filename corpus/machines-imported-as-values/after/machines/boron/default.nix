{ ... }:
{
  imports = [ ./disk.nix ../hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "boron";
}
