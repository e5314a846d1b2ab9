{
  description = "Two machines";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    disko.url = "github:nix-community/disko";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
            inputs.disko.nixosModules.disko
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/boron.nix
            inputs.disko.nixosModules.disko
            inputs.disko.nixosModules.impermanence
          ];
        };
      };
    };
}
