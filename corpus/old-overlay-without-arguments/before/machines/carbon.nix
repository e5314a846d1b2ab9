{ pkgs, ... }:
{
  imports = [ ./disk.nix ];
}
