{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      mkHost =
        name: _:
        lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            (./hosts + "/${name}")
            ./nixos
          ];
        };
    in
    {
      nixosConfigurations = lib.mapAttrs mkHost (builtins.readDir ./hosts);
    };
}
