{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.fleet.url = "github:example/fleet";

  outputs =
    { nixpkgs, fleet, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]; }
          ./machines/carbon.nix
        ];
      };

      packages.x86_64-linux = fleet.lib.packages {
        overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ];
      };
    };
}
