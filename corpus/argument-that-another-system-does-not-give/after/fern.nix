{ inputs, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
