{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      container = system: {
        boot.isContainer = true;
        nixpkgs.hostPlatform = system;
      };
    in
    {
      nixosConfigurations =
        builtins.mapAttrs
          (
            name: module:
            nixpkgs.lib.nixosSystem {
              modules = [
                module
                { networking.hostName = name; }
              ];
            }
          )
          {
            helium = container "x86_64-linux";
            helium-arm = container "aarch64-linux";
            cobalt = ./hosts/cobalt.nix;
          };
    };
}
