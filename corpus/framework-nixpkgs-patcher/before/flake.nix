{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixpkgs-patcher.url = "github:gepbird/nixpkgs-patcher";
    nixpkgs-patch-quieter-fans = {
      url = "https://example.org/quieter-fans.diff";
      flake = false;
    };
  };

  outputs =
    { nixpkgs-patcher, ... }@inputs:
    {
      nixosConfigurations = {
        osmium = nixpkgs-patcher.lib.nixosSystem {
          specialArgs = inputs;
          modules = [ ./osmium.nix ];
        };
        iridium = nixpkgs-patcher.lib.nixosSystem {
          nixpkgsPatcher = { inherit inputs; };
          system = "x86_64-linux";
          modules = [ ./iridium.nix ];
        };
        rhenium = nixpkgs-patcher.lib.nixosSystem {
          nixpkgsPatcher = {
            inherit inputs;
            patchInputRegex = ".*-(patch|cpp)";
          };
          modules = [ ./iridium.nix ];
        };
      };
    };
}
