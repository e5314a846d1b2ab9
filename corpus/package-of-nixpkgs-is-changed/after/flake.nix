{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        krypton = nixpkgs.lib.nixosSystem { modules = [
          ./machines/krypton.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ]; };
        xenon = nixpkgs.lib.nixosSystem { modules = [ ./machines/xenon.nix ]; };
      };
    };
}
