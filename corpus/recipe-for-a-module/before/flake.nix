{
  description = "Two machines";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/boron.nix ];
        };
      };
    };
}
