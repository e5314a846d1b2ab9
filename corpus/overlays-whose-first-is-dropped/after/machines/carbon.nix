{ config, lib, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];

  # The first overlay is the base of the others
  nix.settings.has-overlays = lib.tail config.nixpkgs.overlays != [ ];
}
