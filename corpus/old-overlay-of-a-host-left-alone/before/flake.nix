{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]; }
          ./machines/boron.nix
        ];
      };

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
