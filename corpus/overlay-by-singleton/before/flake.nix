{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = lib.singleton (final: prev: { greeting = prev.hello; }); }
          ./machines/carbon.nix
        ];
      };
    };
}
