{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      base = [ (final: prev: { greeting = prev.hello; }) ];
      mkHost = name: overlays: nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = overlays; }
          ./machines/${name}.nix
        ];
      };
    in
    {
      nixosConfigurations = {
        carbon = mkHost "carbon" (base ++ [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]);
        boron = mkHost "boron" base;
      };
    };
}
