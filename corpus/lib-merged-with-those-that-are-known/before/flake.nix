{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.home-manager.url = "github:nix-community/home-manager";
  inputs.nix-darwin.url = "github:nix-darwin/nix-darwin";

  outputs =
    {
      nixpkgs,
      home-manager,
      nix-darwin,
      ...
    }@inputs:
    let
      lib = nixpkgs.lib // home-manager.lib // nix-darwin.lib;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        modules = [ ./carbon.nix ];
      };
    };
}
