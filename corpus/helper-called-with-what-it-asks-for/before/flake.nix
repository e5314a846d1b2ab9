{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

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
        modules = [ ./carbon.nix ] ++ modulesIn ./nixos;
      };
    };
}
