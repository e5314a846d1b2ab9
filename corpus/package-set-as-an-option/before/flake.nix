{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [ (final: prev: { ours = prev.hello; }) ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./machines/carbon.nix
          { nixpkgs.pkgs = pkgs; }
        ];
      };
    };
}
