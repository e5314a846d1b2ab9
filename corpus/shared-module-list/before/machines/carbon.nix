{ pkgs, ... }:
{
  imports = [ ./desktop.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
}
