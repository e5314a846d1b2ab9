{ inputs, ... }:
{
  nixpkgs.overlays = [ (import ../../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  imports = [ ./platform.nix ../../nixos/hardware-profiles/cpu-optimized.nix ];
}
