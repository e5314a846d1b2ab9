{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "boron";
  disabledModules = [ { key = "boron-overlays"; } ];
}
