{ ... }:
{
  services.xserver.videoDrivers = [ "amdgpu" ];
}
