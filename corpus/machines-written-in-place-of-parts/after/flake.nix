{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

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
          nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
          nixpkgs.hostPlatform = "x86_64-linux";
          imports = common ++ [ ./hardware/carbon.nix ];
        };
        boron =
          { lib, ... }:
          {
            nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
            imports = common ++ [ ./hardware/hardware-profiles/cpu-optimized.nix ];
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
