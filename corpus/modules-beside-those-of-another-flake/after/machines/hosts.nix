{ inputs, lib, ... }:
let
  parts = inputs.self.modules.nixos;
  optional = name: lib.optionals (parts ? ${name}) [ parts.${name} ];
in
{
  flake.nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem {
    modules = optional "carbon" ++ optional "carbon-at-work" ++ [
      { nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
      ../hardware-profiles/cuda.nix
    ];
  };
}
