{
  imports = [ ../nixos/packages.nix ./hardware-profiles/cpu-optimized.nix ];
  disabledModules = [ ../nixos/packages.nix ];
}
