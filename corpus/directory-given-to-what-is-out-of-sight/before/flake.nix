{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.loader.url = "github:someone/loader";

  outputs =
    { nixpkgs, loader, ... }@inputs:
    {
      nixosModules = loader.lib.load { dir = ./nixos; };
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [ ./machines/carbon.nix ];
      };
    };
}
