{ pkgs, ... }:
{
  imports = [
    ./hardware-configuration.nix
    ../hardware-profiles/cpu-optimized.nix
  ];

  networking.hostName = "carbon";
}
