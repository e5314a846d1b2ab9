{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = lib.singleton (final: prev: { greeting = prev.hello; }) ++ [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
