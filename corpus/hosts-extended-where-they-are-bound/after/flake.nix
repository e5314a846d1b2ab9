{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        system: name:
        nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { networking.hostName = name; }
            ./modules/common.nix
            (./. + "/hosts/${name}/hardware-configuration.nix")
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
    in
    {
      nixosConfigurations = {
        boron = (mkHost "x86_64-linux" "boron").extendModules { modules = [ ./modules/hardware-profiles/cuda.nix ]; };
        carbon = (mkHost "x86_64-linux" "carbon").extendModules { modules = [ ./modules/hardware-profiles/cpu-optimized.nix ]; }; # in the cellar
      };
    };
}
