{ config, ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
  hardware.nvidia.modesetting.enable = true;
}
