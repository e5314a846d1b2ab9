{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      shared = [
        ./nixos
        { nixpkgs.overlays = [
          (final: prev: { greeting = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ]; }
      ];
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = shared ++ [ ./machines/carbon.nix ];
      };
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = shared ++ [ ./machines/boron.nix ];
      };
    };
}
