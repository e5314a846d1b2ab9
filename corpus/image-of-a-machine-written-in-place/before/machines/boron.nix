{
  networking.hostName = "boron";
  services.xserver.videoDrivers = [ "nvidia" ];
}
