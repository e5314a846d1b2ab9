{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    systems.url = "github:nix-systems/default";
  };

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      fleet = import ./fleet.nix { inherit lib inputs; };
    in
    {
      nixosConfigurations = lib.genAttrs [ "boron" "carbon" ] fleet.host;
    };
}
