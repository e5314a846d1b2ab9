{
  flake.modules.nixos.boron = {
    imports = [ ../../hardware-profiles/cuda.nix ];
    networking.hostName = "boron";
    hardware.nvidia.modesetting.enable = true;
    services.xserver.videoDrivers = [ "nvidia" ];
  };
}
