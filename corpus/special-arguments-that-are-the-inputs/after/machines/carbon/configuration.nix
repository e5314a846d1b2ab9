{ pkgs, llama-cpp, ... }:
{
  imports = [ ../../nixos/hardware-profiles/cpu-optimized.nix ];
  nixpkgs.overlays = [ (import ../../nixos/pkgs/llama-cpp-overlay.nix { inputs = { inherit llama-cpp; }; }) ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
