{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      greeting = final: prev: { greeting = prev.hello; };
      system = "x86_64-linux";
    in
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { nixpkgs.overlays = [ greeting (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
            ./machines/carbon.nix
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) greeting ]; }
            ./machines/boron.nix
          ];
        };
      };
    };
}
