{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        path:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            (import path)
            ./modules/builder.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
    in
    {
      nixosConfigurations.boron = mkHost ./machines/boron;
      nixosConfigurations.carbon = mkHost ./machines/carbon;
    };
}
