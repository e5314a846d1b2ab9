{ pkgs, ... }:
{
  imports = [
    # The disk is encrypted
    ./luks.nix
    ./hardware-profiles/cpu-optimized.nix
  ];
}
