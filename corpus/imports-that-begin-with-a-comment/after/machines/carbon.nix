{ config, pkgs, ... }:
{
  imports = [
    # Include the results of the hardware scan.
    ./disk.nix
    ./hardware-profiles/cpu-optimized.nix
  ];
  networking.hostName = "carbon";
}
