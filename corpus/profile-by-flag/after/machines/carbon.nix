{ ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "amdgpu" ];
}
