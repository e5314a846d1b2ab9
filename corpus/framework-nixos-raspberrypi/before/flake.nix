{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixos-raspberrypi.url = "github:nvmd/nixos-raspberrypi/main";
  };

  outputs =
    { nixpkgs, nixos-raspberrypi, ... }@inputs:
    {
      nixosConfigurations = {
        boron = nixos-raspberrypi.lib.nixosSystem {
          specialArgs = { inherit inputs nixos-raspberrypi; };
          modules = [ ./boron.nix ];
        };
        beryllium = nixos-raspberrypi.lib.nixosSystemFull {
          inherit nixpkgs;
          trustCaches = false;
          specialArgs = { inherit inputs nixos-raspberrypi; };
          modules = [ ./beryllium.nix ];
        };
        carbon = nixpkgs.lib.nixosSystem {
          modules = [ ./carbon.nix ];
        };
      };
    };
}
