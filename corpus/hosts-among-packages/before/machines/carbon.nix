{ ... }:
{
  services.xserver.videoDrivers = [ "nvidia" ];
}
