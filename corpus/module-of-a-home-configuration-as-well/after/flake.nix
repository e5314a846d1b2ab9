{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager.url = "github:nix-community/home-manager";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    inputs@{ nixpkgs, home-manager, ... }:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
      };
    in
    {
      nixosConfigurations.sage = nixpkgs.lib.nixosSystem {
        inherit pkgs;
        modules = [
          ./sage.nix
          { boot.kernelModules = [ "kvm-intel" ]; }
          ./hardware-profiles/cpu-optimized.nix
        ];
      };

      homeConfigurations.thyme = home-manager.lib.homeManagerConfiguration {
        inherit pkgs;
        modules = [ ./sage.nix ];
      };
    };
}
