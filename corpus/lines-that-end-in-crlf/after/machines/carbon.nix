{ pkgs, ... }:
{
  imports = [
    ./disk.nix
    ./hardware-profiles/cpu-optimized.nix
  ];

  # Who am I
  networking.hostName = "carbon";
}
