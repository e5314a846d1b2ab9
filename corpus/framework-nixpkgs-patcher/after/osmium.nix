{ nixpkgs, ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];
  networking.hostName = "osmium";
  nixpkgs.hostPlatform = "x86_64-linux";
  nix.registry.nixpkgs.flake = nixpkgs;
  services.xserver.videoDrivers = [ "nvidia" ];
}
