{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        name:
        nixpkgs.lib.nixosSystem {
          specialArgs = { inherit inputs; };
          modules = [
            ./hosts/${name}.nix
            ./base.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
    in
    {
      nixosConfigurations = {
        desk = host "desk";
        homelab = host "homelab";
      };
    };
}
