{ pkgs, ... }:
{
  imports = [ ./disk.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
  environment.systemPackages = [ pkgs.llama-cpp-cuda ];
}
