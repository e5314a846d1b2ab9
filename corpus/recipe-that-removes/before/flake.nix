{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./machines/carbon.nix
          {
            nixpkgs.overlays = [
              (import ./overlays/tools.nix)
              # Wider letters
              (import ./overlays/patched-fonts.nix)
            ];
          }
        ];
      };
    };
}
