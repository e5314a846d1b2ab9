{ pkgs, ... }:
{
  networking.hostName = "carbon";
}
