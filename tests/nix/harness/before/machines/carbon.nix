{ config, pkgs, ... }:
{
  imports = [ ./disks.nix ];
  fleet.desktop = true;
  networking.hostName = "carbon";
  services.xserver.videoDrivers = [ "nvidia" ];
  hardware.nvidia.package = config.boot.kernelPackages.nvidiaPackages.beta;
  home-manager.users.porcupine = { pkgs, ... }: {
    home.packages = [ pkgs.fzf ];
  };
}
