{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

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
        modules = builtins.filter isModule (lib.filesystem.listFilesRecursive ./.);
      };
    };
}
