{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    fleet.url = "github:example/fleet";
  };

  outputs =
    { nixpkgs, fleet, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./machines/carbon.nix ];
      };
      nixosConfigurations.boron = fleet.lib.build "boron" ./machines/boron.nix;
    };
}
