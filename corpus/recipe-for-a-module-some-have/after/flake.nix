{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    sops-nix = {
      url = "github:mic92/sops-nix/master";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    inputs@{ nixpkgs, sops-nix, ... }:
    {
      nixosConfigurations = {
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            sops-nix.nixosModules.sops
            ./machines/boron.nix
          ];
        };
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/carbon.nix inputs.sops-nix.nixosModules.sops ];
        };
        nitrogen = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = [ ./machines/nitrogen.nix ];
        };
      };
    };
}
