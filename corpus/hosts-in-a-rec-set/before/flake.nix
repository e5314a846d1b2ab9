{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { nixpkgs, ... }@inputs: rec {
    system = "x86_64-linux";
    common = { ... }: { nixpkgs.overlays = [ ]; };
    nixosConfigurations = rec {
      carbon = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [ common ./machines/carbon.nix ];
      };
      boron = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [ common ./machines/boron.nix ];
      };
    };
  };
}
