{ pkgs, ... }:
{
  imports = [
    ./disk.nix # by label
  ];

  networking.hostName = "carbon";
}
