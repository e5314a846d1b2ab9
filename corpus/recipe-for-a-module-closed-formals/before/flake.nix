{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      mkHost =
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./common.nix
            (./machines + "/${name}.nix")
          ];
        };
    in
    {
      nixosConfigurations = nixpkgs.lib.genAttrs [ "carbon" "boron" ] mkHost;
    };
}
