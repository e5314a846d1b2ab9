{
  services.xserver.videoDrivers = [ "nvidia" ];
}
