{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosModules = builtins.mapAttrs (name: _: ./nixos/${name}) (builtins.readDir ./nixos);
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
