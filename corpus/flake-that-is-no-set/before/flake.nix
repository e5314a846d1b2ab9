let
  flake = {
    inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

    outputs =
      { nixpkgs, ... }@inputs:
      {
        nixosConfigurations.carbon = nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; };
      };
  };
in
flake
