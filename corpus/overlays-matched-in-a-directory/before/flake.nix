{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

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
            );
          }
          ./machines/carbon.nix
        ];
      };
    };
}
