{ config, pkgs, ... }:
{
  imports = [
    # Include the results of the hardware scan.
    ./disk.nix
  ];
  networking.hostName = "carbon";
}
