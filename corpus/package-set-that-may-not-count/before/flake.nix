{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        machine:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = [ machine ];
        };
    in
    {
      nixosConfigurations = {
        carbon = host ./machines/carbon.nix;
        boron = host ./machines/boron.nix;
        nitrogen = host ./machines/nitrogen.nix;
      };
    };
}
