{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs@{ nixpkgs, ... }:
    let
      container = system: {
        imports = [ ./hosts/hardware-profiles/cpu-optimized.nix ];
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
                { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
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
