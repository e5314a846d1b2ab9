{ ... }:
{
  imports = [ ./disk.nix ];
  networking.hostName = "boron";
}
