{
  config,
  lib,
  pkgs,
  inputs,
  ...
}: {
  imports = [
    # Disks and file systems
    ./disks/carbon.nix
    ./hardware-profiles/cuda.nix
  ];

  networking.hostName = "carbon";
  system.stateVersion = "24.11";

  # GRAPHICS
  services.xserver.videoDrivers = ["nvidia"];
  hardware.nvidia.open = true;

  environment.systemPackages = with pkgs; [
    git
    llama-cpp-cuda # local models
  ];
}
