{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager.url = "github:nix-community/home-manager";
  };

  outputs =
    inputs@{ nixpkgs, home-manager, ... }:
    let
      look = [ ./look.nix ];
    in
    {
      nixosConfigurations.iris = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = look ++ [
          ./common
          ./hardware.nix
          home-manager.nixosModules.home-manager
          {
            home-manager.sharedModules = look;
            home-manager.users.lily.imports = [ ./home.nix ];
          }
        ];
      };
    };
}
