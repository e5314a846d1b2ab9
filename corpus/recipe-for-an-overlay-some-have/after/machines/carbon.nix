{ pkgs, ... }:
{
  networking.hostName = "carbon";
  environment.systemPackages = [ pkgs.git ];
}
