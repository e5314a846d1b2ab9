{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.flakelight.url = "github:nix-community/flakelight";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { flakelight, ... }@inputs:
    flakelight ./. {
      inherit inputs;
      nixosConfigurations.boron = {
        system = "x86_64-linux";
        modules = [
          ./machines/boron.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
