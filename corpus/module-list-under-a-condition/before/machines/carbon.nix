{ ... }:
{

  services.xserver.videoDrivers = [ "nvidia" ];

  networking.hostName = "carbon";
}
