{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs@{ nixpkgs, ... }:
    {
      nixosConfigurations = {
        alder = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/alder.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
            ./machines/hardware-profiles/cpu-optimized.nix
          ];
        };
        birch = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/birch.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
      };

      checks.x86_64-linux.boots = import ./tests/boots.nix {
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
      };
    };
}
