{
  config,
  lib,
  pkgs,
  ...
}: {
  # NIX
  networking.hostName = "beryllium";
  system.stateVersion = "24.11";

  # GRAPHICS
  services.xserver.videoDrivers = ["amdgpu"];
}
