{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      names = [ "boron" "carbon" ];
    in
    {
      nixosConfigurations = nixpkgs.lib.genAttrs names (
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/${name}.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
            ./machines/hardware-profiles/cpu-optimized.nix
          ];
        }
      );

      colmena = {
        meta.nixpkgs = import nixpkgs { system = "x86_64-linux"; };
      }
      // nixpkgs.lib.genAttrs names (name: {
        imports = [ ./machines/${name}.nix ];
      });
    };
}
