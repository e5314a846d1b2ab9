# The desk.
{ inputs, ... }:
{
  imports = [ ../../../nixos/hardware-profiles/cuda.nix ];
  nixpkgs.overlays = [ (import ../../../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  nixpkgs.hostPlatform = "x86_64-linux";
  services.xserver.videoDrivers = [ "nvidia" ];
}
