{
  imports = [ ../hardware-profiles/cuda.nix ];
  networking.hostName = "radon";
  services.xserver.videoDrivers = [ "nvidia" ];
}
