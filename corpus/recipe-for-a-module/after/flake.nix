{
  description = "Two machines";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    sops-nix.url = "github:Mic92/sops-nix";
    sops-nix.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
            inputs.sops-nix.nixosModules.sops
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/boron.nix inputs.sops-nix.nixosModules.sops ];
        };
      };
    };
}
