{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    secrets.url = "github:Mic92/sops-nix";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/boron.nix
            inputs.secrets.nixosModules.sops
          ];
        };
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/carbon.nix ];
        };
      };
    };
}
