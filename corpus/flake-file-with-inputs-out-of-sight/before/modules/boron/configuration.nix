{
  flake.modules.nixos.boron = {
    imports = [ ];
    networking.hostName = "boron";
    hardware.nvidia.modesetting.enable = true;
    services.xserver.videoDrivers = [ "nvidia" ];
  };
}
