{ lib, inputs, ... }:
{
  nixpkgs.overlays = lib.mkBefore [
    (final: prev: { farewell = prev.hello; })
    (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; })
  ];
}
