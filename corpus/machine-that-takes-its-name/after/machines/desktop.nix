name:
{ pkgs, ... }:
{
  networking.hostName = name;
}
