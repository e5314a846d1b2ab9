{ pkgs, ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
  environment.systemPackages = [ pkgs.llama-cpp-cuda ];
}
