{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/${name}.nix ];
        };
    in
    {
      nixosConfigurations.carbon = mkHost "carbon";
      nixosConfigurations.boron = mkHost "boron";
    };
}
