{ pkgs, ... }:
{
  imports = [ ./disk.nix ../../nixos/hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
}
