{ nixos-raspberrypi, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "boron";
}
