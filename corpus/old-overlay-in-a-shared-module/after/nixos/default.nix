{ config, inputs, ... }:
{
  nixpkgs.overlays = [
    (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; })
    (import ../pkgs/greeting.nix)
  ];
}
