{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    {
      nixosConfigurations.ash = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./machines/ash.nix ];
      };
    };
}
