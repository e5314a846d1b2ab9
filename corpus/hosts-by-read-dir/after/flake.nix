{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      mkHost =
        name: _:
        lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            (./hosts + "/${name}")
            ./nixos
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
    in
    {
      nixosConfigurations = lib.mapAttrs mkHost (builtins.readDir ./hosts);
    };
}
