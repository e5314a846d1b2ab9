{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      callPackage = nixpkgs.lib.callPackageWith {
        inherit (nixpkgs) lib;
        unused = 1;
      };
      modulesIn = (callPackage ./lib { suffix = ".nix"; }).filesIn;
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./carbon.nix
          { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ] ++ modulesIn ./nixos;
      };
    };
}
