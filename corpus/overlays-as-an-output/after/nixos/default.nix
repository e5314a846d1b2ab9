{ outputs, inputs, ... }:
{
  nixpkgs.overlays = builtins.attrValues outputs.overlays ++ [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
}
