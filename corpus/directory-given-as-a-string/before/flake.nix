{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.loader.url = "github:someone/loader";

  outputs =
    {
      self,
      nixpkgs,
      loader,
      ...
    }@inputs:
    let
      root = self;
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [ ./machines/carbon.nix ];
      };
      nixosModules.some = loader.lib.load "${root}/nixos";
      nixosModules.others = loader.lib.loadAll [ (root + "/pkgs") ];
    };
}
