{ config, pkgs, ... }:

{
  networking.hostName = "carbon";

  imports =
    [
      ./disk.nix
      ./users.nix # and their keys
      ./hardware-profiles/cpu-optimized.nix
    ];
}
