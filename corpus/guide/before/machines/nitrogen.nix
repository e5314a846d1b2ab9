{pkgs, ...}: {
  networking.hostName = "nitrogen";
  system.stateVersion = "25.05";
  services.tailscale.enable = true;
}
