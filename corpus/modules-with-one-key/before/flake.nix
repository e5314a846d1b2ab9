{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = { inherit inputs; };
        modules = [
          ./machines/carbon.nix
          {
            key = "overlays";
            networking.domain = "lan";
          }
          {
            key = "overlays";
            nixpkgs.overlays = [ ];
          }
        ];
      };
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = { inherit inputs; };
        modules = [
          ./machines/boron.nix
          {
            key = "boron-overlays";
            nixpkgs.overlays = [ ];
          }
        ];
      };
    };
}
