{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    systems.url = "github:nix-systems/default";
    sops-nix.url = "github:Mic92/sops-nix";
    sops-nix.inputs.nixpkgs.follows = "nixpkgs";
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
