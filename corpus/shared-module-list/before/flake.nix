{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      shared = [
        ./nixos
        { nixpkgs.overlays = [ (final: prev: { greeting = prev.hello; }) ]; }
      ];
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = shared ++ [ ./machines/carbon.nix ];
      };
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = shared ++ [ ./machines/boron.nix ];
      };
    };
}
