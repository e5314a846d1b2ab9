{
  imports = [ ./hardware-profiles/cuda.nix ];
  networking.hostName = "nickel";
  services.xserver.videoDrivers = [ "nvidia" ];
}
