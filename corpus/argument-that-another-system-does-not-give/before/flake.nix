{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nix-darwin.url = "github:nix-darwin/nix-darwin";
  };

  outputs =
    inputs@{ nixpkgs, nix-darwin, ... }:
    import ./hosts.nix {
      linux =
        modules:
        nixpkgs.lib.nixosSystem {
          specialArgs = { inherit inputs; };
          inherit modules;
        };
      darwin = modules: nix-darwin.lib.darwinSystem { inherit modules; };
    };
}
