{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        name:
        nixpkgs.lib.nixosSystem {
          specialArgs = { inherit inputs; };
          modules = [
            ./hosts/${name}.nix
            ./base.nix
          ];
        };
    in
    {
      nixosConfigurations = {
        desk = host "desk";
        homelab = host "homelab";
      };
    };
}
