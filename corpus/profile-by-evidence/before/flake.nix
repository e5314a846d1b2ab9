{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        beryllium = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/beryllium.nix
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/boron.nix
          ];
        };
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
          ];
        };
        helium = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/helium.nix
          ];
        };
        nitrogen = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/nitrogen.nix
          ];
        };
      };
    };
}
