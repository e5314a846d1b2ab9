{ ... }:
{
  imports = [ ./disk.nix ];
}
