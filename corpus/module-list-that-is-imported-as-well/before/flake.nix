{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      base = [
        ./modules/locale.nix
        ./modules/network.nix
      ];
      suites = {
        inherit base;
        desktop = base ++ [ ./modules/desktop.nix ];
      };
    in
    {
      nixosConfigurations.silicon = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit suites; };
        modules = suites.base ++ [ ./machines/silicon.nix ];
      };
    };
}
