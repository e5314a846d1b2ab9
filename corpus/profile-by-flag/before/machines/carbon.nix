{ ... }:
{
  imports = [ ./disk.nix ];
  services.xserver.videoDrivers = [ "amdgpu" ];
}
