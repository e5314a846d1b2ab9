{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      base = [
        (final: prev: { greeting = prev.hello; })
        (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
      ];
      mkHost = name: overlays: nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = overlays; }
          ./machines/${name}.nix
        ];
      };
    in
    {
      nixosConfigurations = {
        carbon = mkHost "carbon" base;
        boron = mkHost "boron" base;
      };
    };
}
