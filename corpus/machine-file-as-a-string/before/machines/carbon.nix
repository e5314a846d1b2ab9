{ lib, ... }:
{
  imports = [ ./disk.nix ];
}
