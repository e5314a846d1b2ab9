{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      isModule =
        path:
        let
          name = baseNameOf path;
        in
        lib.hasSuffix ".nix" name && name != "flake.nix" && !lib.hasPrefix "_" name;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = builtins.filter isModule (lib.filesystem.listFilesRecursive ./.) ++ [ { nixpkgs.overlays = [ (import ./nixos/pkgs/_llama-cpp-overlay.nix { inherit inputs; }) ]; } ];
      };
    };
}
