{ ... }:
{
  imports = [ ./disk.nix ];
  networking.hostName = "carbon";
}
