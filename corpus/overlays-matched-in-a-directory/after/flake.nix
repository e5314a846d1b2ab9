{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      isOverlay =
        name:
        builtins.match ".*\\.nix" name != null
        || builtins.pathExists (./overlays + "/${name}/default.nix");
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          {
            nixpkgs.overlays = map (name: import (./overlays + "/${name}")) (
              builtins.filter isOverlay (builtins.attrNames (builtins.readDir ./overlays))
            ) ++ [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
          }
          ./machines/carbon.nix
        ];
      };
    };
}
