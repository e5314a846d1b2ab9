{ lib, ... }:
{
  networking.hostName = lib.mkDefault "boron";
}
