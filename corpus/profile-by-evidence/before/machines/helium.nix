{ lib, config, ... }:
{
  # services.xserver.videoDrivers = [ "nvidia" ];
  services.xserver.videoDrivers = lib.mkIf config.services.xserver.enable [ "nvidia" ];
}
