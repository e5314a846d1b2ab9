{ pkgs, ... }:
{
  imports = [ ./desktop.nix ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
}
