{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.desk = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./users/ada.nix
          ./hosts/office/configuration.nix
        ];
      };

      nixosConfigurations.lap = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./users/bob.nix
          ./hosts/travel/configuration.nix
        ];
      };
    };
}
