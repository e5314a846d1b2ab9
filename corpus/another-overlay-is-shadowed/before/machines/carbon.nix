{ pkgs, ... }:
{
  services.xserver.videoDrivers = [ "nvidia" ];
  environment.systemPackages = with pkgs; [ llama-cpp-cuda ];
}
