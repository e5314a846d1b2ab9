{ config, inputs, ... }:
{
  nixpkgs.overlays = [
    (import ../pkgs/llama-cpp-variants.nix inputs)
    (import ../pkgs/greeting.nix)
  ];
}
