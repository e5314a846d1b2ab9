{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      host =
        name: extra:
        nixpkgs.lib.nixosSystem {
          modules = [
            ./modules/nixos/base
            ./modules/nixos/shell
            ./systems/${name}
          ]
          ++ extra;
        };
    in
    {
      nixosConfigurations = {
        nixos = host "nixos" [ ./systems/nixos/users/ada ];
        radon = host "radon" [ ];
      };
    };
}
