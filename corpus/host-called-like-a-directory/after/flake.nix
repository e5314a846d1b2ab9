{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      host =
        name: extra:
        nixpkgs.lib.nixosSystem {
          modules = [
            ./modules/nixos/base
            ./modules/nixos/shell
            ./systems/${name}
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ]
          ++ extra;
        };
    in
    {
      nixosConfigurations = {
        nixos = host "nixos" [ ./systems/nixos/users/ada ];
        radon = host "radon" [ ];
      };
    };
}
