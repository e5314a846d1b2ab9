{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      overlays = map (name: import (./nixos/pkgs + "/${name}") inputs) (
        builtins.attrNames (builtins.readDir ./nixos/pkgs)
      );
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = overlays; }
          ./machines/carbon.nix
        ];
      };
    };
}
