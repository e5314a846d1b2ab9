{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager.url = "github:nix-community/home-manager";
  };

  outputs =
    inputs@{ nixpkgs, home-manager, ... }:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [ ];
      };
    in
    {
      nixosConfigurations.sage = nixpkgs.lib.nixosSystem {
        inherit pkgs;
        modules = [
          ./sage.nix
          { boot.kernelModules = [ "kvm-intel" ]; }
        ];
      };

      homeConfigurations.thyme = home-manager.lib.homeManagerConfiguration {
        inherit pkgs;
        modules = [ ./sage.nix ];
      };
    };
}
