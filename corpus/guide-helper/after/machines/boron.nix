{...}: {
  imports = [./hardware-profiles/cpu-optimized.nix];
  networking.hostName = "boron";
  services.openssh.enable = true;
}
