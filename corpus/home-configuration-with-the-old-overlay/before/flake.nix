{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.home-manager.url = "github:nix-community/home-manager";

  outputs =
    { nixpkgs, home-manager, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]; }
          ./machines/carbon.nix
        ];
      };

      homeConfigurations.ada = home-manager.lib.homeManagerConfiguration {
        pkgs = import nixpkgs {
          system = "x86_64-linux";
          overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ];
        };
        modules = [ ./home/ada.nix ];
      };
    };
}
