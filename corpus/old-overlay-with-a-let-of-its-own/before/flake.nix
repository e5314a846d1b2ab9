{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs, ... }@inputs: let
    llama = (import ./nixos/pkgs/llama-cpp-variants.nix inputs);
  in {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [
        ./machines/carbon.nix
        { nixpkgs.overlays = [ llama ]; }
      ];
    };
  };
}
