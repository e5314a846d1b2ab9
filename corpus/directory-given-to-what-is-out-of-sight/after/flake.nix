{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.loader.url = "github:someone/loader";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, loader, ... }@inputs:
    {
      nixosModules = loader.lib.load { dir = ./nixos; };
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
