{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      overlay = nixpkgs.lib.composeManyExtensions [
        (final: prev: { greeting = prev.hello; })
        (final: prev: { farewell = prev.hello; })
      ];
    in
    {
      overlays.default = overlay;

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ overlay ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
