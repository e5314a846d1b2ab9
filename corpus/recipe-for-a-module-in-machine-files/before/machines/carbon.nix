{ pkgs, ... }:
{
  imports = [ ./disk.nix ];
  networking.hostName = "carbon";
  environment.systemPackages = [ pkgs.git ];
}
