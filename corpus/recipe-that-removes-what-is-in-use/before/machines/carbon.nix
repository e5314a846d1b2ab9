{ pkgs, ... }:
{
  networking.hostName = "carbon";
  fonts.packages = [ pkgs.wide-iosevka ];
}
