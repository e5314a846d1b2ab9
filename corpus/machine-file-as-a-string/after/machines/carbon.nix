{ lib, ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/cpu-optimized.nix ];
}
