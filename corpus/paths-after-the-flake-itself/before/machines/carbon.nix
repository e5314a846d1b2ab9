{
  imports = [ ../modules/locale.nix ];
  networking.hostName = "carbon";
}
