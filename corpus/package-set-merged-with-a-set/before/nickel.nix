{
  networking.hostName = "nickel";
  services.xserver.videoDrivers = [ "nvidia" ];
}
