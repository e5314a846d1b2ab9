{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      hosts = import ./lib.nix { inherit lib; };
    in
    {
      nixosConfigurations = hosts ./hosts (
        path:
        lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = [ (import path) ];
        }
      );
    };
}
