{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      machines = lib.filterAttrs (name: kind: kind == "regular") (builtins.readDir ./machines);
      host =
        file: _:
        lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = lib.singleton (./machines + "/${file}");
        };
    in
    {
      nixosConfigurations = lib.mapAttrs' (
        file: kind: lib.nameValuePair (lib.removeSuffix ".nix" file) (host file kind)
      ) machines;
    };
}
