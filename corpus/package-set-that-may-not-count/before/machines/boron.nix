{
  imports = [ ../nixos/packages.nix ];
  disabledModules = [ ../nixos/packages.nix ];
}
