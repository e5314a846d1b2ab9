{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nix-darwin.url = "github:nix-darwin/nix-darwin";
  };

  outputs =
    inputs@{ nixpkgs, nix-darwin, ... }:
    let
      make =
        builder: own:
        builder {
          modules = [
            { nixpkgs.overlays = [ ]; }
            ./shared.nix
          ]
          ++ own;
        };
    in
    {
      nixosConfigurations.fern = make nixpkgs.lib.nixosSystem [
        {
          nixpkgs.hostPlatform = "x86_64-linux";
          services.xserver.videoDrivers = [ "amdgpu" ];
        }
      ];
      darwinConfigurations.apple = make nix-darwin.lib.darwinSystem [ ];
    };
}
