{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      mkHost =
        machine: overlay:
        lib.nixosSystem {
          specialArgs = { inherit inputs; };
          modules = [
            machine
            { nixpkgs.overlays = [ overlay ]; }
          ];
        };
    in
    {
      nixosConfigurations = {
        argon = mkHost ./machines/argon.nix (import ./pkgs/merged.nix);
        boron = mkHost ./machines/boron.nix (
          lib.composeManyExtensions [
            (final: prev: { greeting = prev.hello; })
            (import ./pkgs/fast.nix)
          ]
        );
        carbon = mkHost ./machines/carbon.nix (final: prev: { greeting = prev.hello; });
      };
    };
}
