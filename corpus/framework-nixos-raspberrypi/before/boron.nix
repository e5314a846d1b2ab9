{ nixos-raspberrypi, ... }:
{
  networking.hostName = "boron";
}
