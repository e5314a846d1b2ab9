{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
        pi = nixpkgs.lib.nixosSystem {
          modules = [ ./machines/pi.nix ];
        };
        zero = nixpkgs.lib.nixosSystem {
          system = "aarch64-linux";
          modules = [ ./machines/zero.nix ];
        };
      };
    };
}
