{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    disko.url = "github:nix-community/disko";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      hosts = {
        carbon = {
          system = "x86_64-linux";
          file = ./machines/carbon.nix;
        };
        boron = {
          system = "aarch64-linux";
          file = ./machines/boron.nix;
        };
      };
      build =
        name: host:
        lib.nixosSystem {
          inherit (host) system;
          specialArgs = { inherit inputs; };
          modules = [
            host.file
            inputs.disko.nixosModules.disko
            {
              networking.hostName = lib.mkDefault name;
              nixpkgs.overlays = [
                (final: prev: { greeting = prev.hello; })
              ];
            }
          ];
        };
    in
    {
      nixosConfigurations = lib.mapAttrs build hosts;
    };
}
