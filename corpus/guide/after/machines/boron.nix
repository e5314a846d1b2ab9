{
  config,
  lib,
  pkgs,
  ...
}: {
  imports = [./hardware-profiles/cpu-optimized.nix];
  networking.hostName = "boron";
  system.stateVersion = "24.11";
  services.openssh.enable = true;
}
