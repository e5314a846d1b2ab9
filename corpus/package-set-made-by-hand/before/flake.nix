{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      system = "x86_64-linux";
      pkgs = import nixpkgs {
        inherit system;
        overlays = [ (final: prev: { greeting = prev.hello; }) ];
      };
    in
    {
      # Not for NixOS
      devShells.${system}.default = pkgs.mkShell { packages = [ pkgs.git ]; };

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        inherit system pkgs;
        modules = [ ./machines/carbon.nix ];
      };
    };
}
