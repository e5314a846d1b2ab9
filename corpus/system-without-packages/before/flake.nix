{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/carbon.nix ];
        };
        pi = nixpkgs.lib.nixosSystem {
          modules = [ ./machines/pi.nix ];
        };
        zero = nixpkgs.lib.nixosSystem {
          system = "aarch64-linux";
          modules = [ ./machines/zero.nix ];
        };
      };
    };
}
