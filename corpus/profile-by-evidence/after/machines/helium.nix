{ lib, config, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];

  # services.xserver.videoDrivers = [ "nvidia" ];
  services.xserver.videoDrivers = lib.mkIf config.services.xserver.enable [ "nvidia" ];
}
