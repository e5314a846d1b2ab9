{
  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs/nixos-25.05";
    unstable.url = "github:nixos/nixpkgs/nixos-unstable";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "unstable";
  };

  outputs =
    inputs@{ nixpkgs, unstable, ... }:
    let
      pkgs = import unstable { system = "x86_64-linux"; };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        inherit pkgs;
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./machines/boron.nix
          { nixpkgs.pkgs = pkgs; }
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
