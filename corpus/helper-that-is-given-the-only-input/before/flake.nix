{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ self, nixpkgs, ... }:
    let
      mkPkgs =
        {
          nixpkgs,
          overlays ? [ ],
        }:
        import nixpkgs {
          system = "x86_64-linux";
          config.allowUnfree = true;
          inherit overlays;
        };
      pkgs = mkPkgs {
        inherit nixpkgs;
        overlays = [ (final: prev: { tools = prev.git; }) ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        inherit pkgs;
        modules = [ ./machines/carbon.nix ];
      };
    };
}
