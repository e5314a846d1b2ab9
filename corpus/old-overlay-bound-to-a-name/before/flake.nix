{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      greeting = final: prev: { greeting = prev.hello; };
      # One package for each kind of GPU
      llama = import ./nixos/pkgs/llama-cpp-variants.nix inputs;
      system = "x86_64-linux";
    in
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { nixpkgs.overlays = [ greeting llama ]; }
            ./machines/carbon.nix
          ];
        };
        boron = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { nixpkgs.overlays = [ llama greeting ]; }
            ./machines/boron.nix
          ];
        };
      };
    };
}
