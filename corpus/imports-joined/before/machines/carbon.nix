{ lib, ... }:
let
  graphical = false;
in
{
  imports = [ ./disk.nix ] ++ lib.optional graphical ./desktop.nix;
}
