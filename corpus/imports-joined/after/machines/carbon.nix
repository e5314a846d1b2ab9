{ lib, ... }:
let
  graphical = false;
in
{
  imports = [
    ./disk.nix
    ./hardware-profiles/cpu-optimized.nix
  ] ++ lib.optional graphical ./desktop.nix;
}
