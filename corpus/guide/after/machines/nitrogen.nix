{pkgs, ...}: {
  imports = [./hardware-profiles/cpu-optimized.nix];
  networking.hostName = "nitrogen";
  system.stateVersion = "25.05";
  services.tailscale.enable = true;
}
