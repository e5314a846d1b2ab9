{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.home-manager.url = "github:nix-community/home-manager";
  inputs.nix-darwin.url = "github:nix-darwin/nix-darwin";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    {
      nixpkgs,
      home-manager,
      nix-darwin,
      ...
    }@inputs:
    let
      lib = nixpkgs.lib // home-manager.lib // nix-darwin.lib;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        modules = [
          ./carbon.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
