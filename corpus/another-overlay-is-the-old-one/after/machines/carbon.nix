{ pkgs, ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
  environment.systemPackages = with pkgs; [ llama-cpp-cuda ];
}
