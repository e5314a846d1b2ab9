{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      common = [
        ./common.nix
      ];
    in
    {
      nixosModules = {
        carbon = {
          nixpkgs.hostPlatform = "x86_64-linux";
          imports = common ++ [ ./hardware/carbon.nix ];
        };
        boron =
          { lib, ... }:
          {
            imports = common;
            nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
          };
        neon = {
          imports = common;
          nixpkgs.hostPlatform = "x86_64-linux";
          services.xserver.videoDrivers = [ "nvidia" ];
          services.ollama.acceleration = "rocm";
        };
      };
      nixosConfigurations = builtins.mapAttrs (
        name: module: nixpkgs.lib.nixosSystem { modules = [ module ]; }
      ) self.nixosModules;
    };
}
