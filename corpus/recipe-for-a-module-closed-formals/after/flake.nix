{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.sops-nix.url = "github:Mic92/sops-nix";
  inputs.sops-nix.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { self, nixpkgs, sops-nix }:
    let
      mkHost =
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./common.nix
            (./machines + "/${name}.nix")
            sops-nix.nixosModules.sops
          ];
        };
    in
    {
      nixosConfigurations = nixpkgs.lib.genAttrs [ "carbon" "boron" ] mkHost;
    };
}
