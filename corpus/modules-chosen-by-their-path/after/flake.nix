{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      isModule = path: lib.hasSuffix ".nix" (toString path) && !lib.hasInfix "/_" (toString path);
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = builtins.filter isModule (lib.filesystem.listFilesRecursive ./nixos) ++ [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
