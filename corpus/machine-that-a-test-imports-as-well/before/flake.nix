{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    {
      nixosConfigurations = {
        alder = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/alder.nix ];
        };
        birch = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/birch.nix ];
        };
      };

      checks.x86_64-linux.boots = import ./tests/boots.nix {
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
      };
    };
}
