{ inputs, ... }:
{
  nixpkgs.overlays = [
    (final: prev: { greeting = prev.hello; })
    (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; })
  ];
}
