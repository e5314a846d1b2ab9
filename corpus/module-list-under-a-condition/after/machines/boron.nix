{ inputs, ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];

  nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];

  services.xserver.videoDrivers = [ "nvidia" ];

  networking.hostName = "boron";
}
