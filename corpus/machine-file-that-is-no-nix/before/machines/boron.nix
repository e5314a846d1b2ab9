{
  services.xserver.videoDrivers = [ "nvidia" ;
}
