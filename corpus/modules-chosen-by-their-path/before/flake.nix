{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      isModule = path: lib.hasSuffix ".nix" (toString path) && !lib.hasInfix "/_" (toString path);
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = builtins.filter isModule (lib.filesystem.listFilesRecursive ./nixos) ++ [ ./machines/carbon.nix ];
      };
    };
}
