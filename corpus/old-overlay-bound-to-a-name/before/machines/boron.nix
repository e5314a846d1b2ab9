{ pkgs, ... }:
{
  networking.hostName = "boron";
}
