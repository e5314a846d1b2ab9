{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";
    unstable.url = "github:NixOS/nixpkgs/nixos-unstable";
  };

  outputs =
    { nixpkgs, unstable, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = unstable.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/carbon.nix ];
        };
        boron = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/boron.nix ];
        };
        nitrogen = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/nitrogen.nix ];
        };
      };
    };
}
