{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.flake-utils.url = "github:numtide/flake-utils";

  outputs =
    { nixpkgs, flake-utils, ... }@inputs:
    flake-utils.lib.eachDefaultSystem (system: {
      packages.nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [ ./machines/carbon.nix ];
        };
      };
    });
}
