{ flake, ... }:
{
  nixpkgs.overlays = [ (import ../../nixos/pkgs/llama-cpp-overlay.nix { inherit (flake) inputs; }) ];
  nixpkgs.config.allowUnfree = true;
}
