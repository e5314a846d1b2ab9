{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    disko.url = "github:nix-community/disko";
    disko.inputs.nixpkgs.follows = "nixpkgs";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    inputs@{ nixpkgs, disko, ... }:
    let
      base = [
        ./nixos
        disko.nixosModules.disko
        { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
      ];
      desktop = [ ./nixos/desktop.nix ];
    in
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = base ++ desktop ++ [ ./machines/carbon.nix ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/boron.nix ] ++ base;
        };
      };
    };
}
