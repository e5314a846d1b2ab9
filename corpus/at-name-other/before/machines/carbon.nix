{ pkgs, disko, ... }:
{
  imports = [ disko.nixosModules.disko ];
  networking.hostName = "carbon";
}
