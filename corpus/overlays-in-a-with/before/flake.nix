{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager.url = "github:nix-community/home-manager";
  };

  outputs = inputs: with inputs; {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [
        { nixpkgs.overlays = with nixpkgs.lib; [ (final: prev: { greeting = prev.hello; }) ]; }
        home-manager.nixosModules.home-manager
        ./machines/carbon.nix
      ];
    };
  };
}
