{ pkgs, ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/cpu-optimized.nix ];
}
