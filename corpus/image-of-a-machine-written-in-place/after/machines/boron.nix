{
  imports = [ ./hardware-profiles/cuda.nix ];
  networking.hostName = "boron";
  services.xserver.videoDrivers = [ "nvidia" ];
}
