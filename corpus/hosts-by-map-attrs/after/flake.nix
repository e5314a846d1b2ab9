{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    disko.url = "github:nix-community/disko";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
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
                (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
              ];
            }
          ];
        };
    in
    {
      nixosConfigurations = lib.mapAttrs build hosts;
    };
}
