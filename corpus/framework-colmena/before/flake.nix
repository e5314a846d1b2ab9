{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    stable.url = "github:NixOS/nixpkgs/nixos-25.05";
    colmena.url = "github:zhaofengli/colmena";
  };

  outputs =
    inputs@{ self, nixpkgs, ... }:
    {
      nixosConfigurations = {
        maple = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/maple.nix ];
        };
      }
      // self.colmenaHive.nodes;

      colmenaHive = inputs.colmena.lib.makeHive {
        meta = {
          nixpkgs = import nixpkgs {
            system = "x86_64-linux";
            overlays = [ ];
          };
          nodeNixpkgs.spruce = import inputs.stable { system = "x86_64-linux"; };
          specialArgs = { inherit inputs; };
        };

        defaults = {
          services.openssh.enable = true;
        };

        pine = ./machines/pine.nix;

        spruce =
          { name, ... }:
          {
            networking.hostName = name;
            imports = [ ./machines/spruce.nix ];
          };
      };
    };
}
