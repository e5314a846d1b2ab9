{
  imports = [ ./hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
}
