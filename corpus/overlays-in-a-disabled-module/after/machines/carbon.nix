{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  disabledModules = [ ../nixos/greeting.nix ];
  networking.hostName = "carbon";
}
