{
  description = "A fleet of three, with an old overlay in a shared module";

  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
    nixpkgs-stable.url = "github:nixos/nixpkgs/nixos-25.05";
    disko.url = "github:nix-community/disko";
    home-manager = {
      url = "github:nix-community/home-manager";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs = { self, nixpkgs, ... } @ inputs: let
    overlay-stable = final: prev: {
      stable = import inputs.nixpkgs-stable { inherit (prev) system; };
    };
    mkSystem = { host, system ? "x86_64-linux", extra ? [ ] }: nixpkgs.lib.nixosSystem {
      inherit system;
      specialArgs = { inherit inputs; };
      modules = [
        ./nixos
        (./machines + "/${host}.nix")
        ({ ... }: { nixpkgs.overlays = [ overlay-stable ]; })
        inputs.home-manager.nixosModules.home-manager
      ] ++ extra;
    };
  in {
    nixosConfigurations = {
      carbon = mkSystem { host = "carbon"; extra = [ inputs.disko.nixosModules.disko "${self}/nixos/issue.nix" ]; };
      beryllium = mkSystem { host = "beryllium"; };
      boron = mkSystem { host = "boron"; system = "aarch64-linux"; };
    };
    homeConfigurations.porcupine = inputs.home-manager.lib.homeManagerConfiguration {
      pkgs = import nixpkgs { system = "x86_64-linux"; };
      modules = [ ({ pkgs, ... }: { home.username = "porcupine"; home.packages = [ pkgs.ripgrep ]; }) ];
    };
  };
}
