{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    rust-overlay.url = "github:oxalica/rust-overlay";
    rust-overlay.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/carbon.nix
            { nixpkgs.overlays = [
              (final: prev: { tools = prev.git; })
              inputs.rust-overlay.overlays.default
            ]; }
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [
            ./machines/boron.nix
            { nixpkgs.overlays = [ inputs.rust-overlay.overlays.default ]; }
          ];
        };
      };
    };
}
