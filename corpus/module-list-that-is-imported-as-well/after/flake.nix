{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      base = [
        ./modules/locale.nix
        ./modules/network.nix
      ];
      suites = {
        inherit base;
        desktop = base ++ [ ./modules/desktop.nix ];
      };
    in
    {
      nixosConfigurations.silicon = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit suites; };
        modules = suites.base ++ [
          ./machines/silicon.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
