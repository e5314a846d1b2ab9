{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      overlays = map (name: import (./nixos/pkgs + "/${name}") inputs) (
        builtins.attrNames (builtins.readDir ./nixos/pkgs)
      );
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = overlays ++ [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
