{ config, inputs, ... }:
{
  nixpkgs.overlays = [
    (import ../pkgs/greeting.nix)
    (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; })
  ];
}
