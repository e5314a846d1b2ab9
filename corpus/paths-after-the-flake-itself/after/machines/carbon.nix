{
  imports = [ ../modules/locale.nix ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
}
