{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.sops-nix.url = "github:Mic92/sops-nix";
  inputs.sops-nix.inputs.nixpkgs.follows = "nixpkgs";

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
          modules = lib.singleton (./machines + "/${file}") ++ [ inputs.sops-nix.nixosModules.sops ];
        };
    in
    {
      nixosConfigurations = lib.mapAttrs' (
        file: kind: lib.nameValuePair (lib.removeSuffix ".nix" file) (host file kind)
      ) machines;
    };
}
