{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    nixpkgs-unstable.url = "github:NixOS/nixpkgs/nixos-unstable";
  };

  outputs =
    { nixpkgs, nixpkgs-unstable, ... }@inputs:
    {
      nixosConfigurations = {
        krypton = nixpkgs.lib.nixosSystem {
          specialArgs.unstable = nixpkgs-unstable.legacyPackages.x86_64-linux;
          modules = [
            ./machines/krypton.nix
            ./machines/server.nix
          ];
        };
        xenon = nixpkgs.lib.nixosSystem {
          modules = [ ./machines/xenon.nix ];
        };
      };
    };
}
