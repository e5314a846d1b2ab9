{
  imports = [ ../../nixos/hardware-profiles/cuda.nix ];
  services.xserver.videoDrivers = [ "nvidia" ];
}
