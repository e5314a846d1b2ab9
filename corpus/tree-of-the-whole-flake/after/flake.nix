{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      isModule = path: lib.hasSuffix ".nix" path && !lib.hasSuffix "/flake.nix" path && !lib.hasInfix "/_" path;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = builtins.filter isModule (map toString (lib.filesystem.listFilesRecursive ./.)) ++ [ { nixpkgs.overlays = [ (import ./nixos/pkgs/_llama-cpp-overlay.nix { inherit inputs; }) ]; } ];
      };
    };
}
