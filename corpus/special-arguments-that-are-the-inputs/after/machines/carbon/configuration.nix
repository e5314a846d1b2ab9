{ pkgs, self, ... }:
{
  imports = [ ../../nixos/hardware-profiles/cpu-optimized.nix ];
  nixpkgs.overlays = [ (import ../../nixos/pkgs/llama-cpp-overlay.nix { inherit (self) inputs; }) ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
