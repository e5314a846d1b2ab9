{ ... }:
{

  services.xserver.videoDrivers = [ "nvidia" ];

  networking.hostName = "boron";
}
