{lib, ...}: {
  imports = [./common/server.nix ./hardware-profiles/cpu-optimized.nix];
  networking.hostName = "nitrogen";
}
