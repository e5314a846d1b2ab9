{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        path:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            (import path)
            ./modules/builder.nix
          ];
        };
    in
    {
      nixosConfigurations.boron = mkHost ./machines/boron;
      nixosConfigurations.carbon = mkHost ./machines/carbon;
    };
}
