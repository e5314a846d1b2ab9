{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    {
      nixosConfigurations = nixpkgs.lib.genAttrs [ "carbon" "boron" ] (
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/${name}.nix
            { networking.hostName = name; }
          ];
        }
      );
    };
}
