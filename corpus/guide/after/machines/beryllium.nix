{
  config,
  lib,
  pkgs,
  ...
}: {
  imports = [./hardware-profiles/vulkan.nix];

  # NIX
  networking.hostName = "beryllium";
  system.stateVersion = "24.11";

  # GRAPHICS
  services.xserver.videoDrivers = ["amdgpu"];
}
