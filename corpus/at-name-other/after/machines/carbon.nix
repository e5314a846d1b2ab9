{ pkgs, disko, ... }:
{
  imports = [ disko.nixosModules.disko ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
}
