{ pkgs, ... }:
{
  imports = [
    ./disk.nix # by label
    ./hardware-profiles/cpu-optimized.nix
  ];

  networking.hostName = "carbon";
}
