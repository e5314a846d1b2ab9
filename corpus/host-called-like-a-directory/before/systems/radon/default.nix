{
  networking.hostName = "radon";
  services.xserver.videoDrivers = [ "nvidia" ];
}
