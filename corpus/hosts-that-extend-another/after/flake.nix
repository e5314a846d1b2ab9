{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      base = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = { inherit inputs; };
        modules = [
          ./common.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ./machines/hardware-profiles/cpu-optimized.nix
        ];
      };
      extended =
        name:
        base.extendModules {
          modules = [ ./machines/${name}.nix ];
          specialArgs = { inherit name; };
        };
    in
    {
      nixosConfigurations = {
        inherit base;
        carbon = extended "carbon";
        boron = (extended "boron").extendModules { modules = [ ./container.nix ]; };
      };
    };
}
