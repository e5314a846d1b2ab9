{
  disabledModules = [ ../nixos/greeting.nix ];
  networking.hostName = "carbon";
}
