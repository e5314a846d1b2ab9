{
  description = "NixOS on four machines";

  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
    nixpkgs-stable.url = "github:nixos/nixpkgs/nixos-25.05";

    # Declarative disks
    disko = {
      url = "github:nix-community/disko";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    # User environment
    home-manager = {
      url = "github:nix-community/home-manager";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    llama-cpp = {
      url = "github:ggml-org/llama.cpp";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs = {
    self,
    nixpkgs,
    ...
  } @ inputs: let
    inherit (self) outputs;

    # Stable packages beside the unstable ones
    overlay-stable = final: prev: {
      stable = import inputs.nixpkgs-stable {
        system = final.system;
        config.allowUnfree = true;
      };
    };
    overlay-tools = final: prev: {
      tools = final.callPackage ./nixos/pkgs/tools.nix {};
    };

    # For every machine
    baseOverlays = [
      overlay-stable
      (import ./nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})
    ];

    # For machines that run models
    llamaOverlays =
      baseOverlays;

    commonModules = [
      inputs.disko.nixosModules.disko
      ./nixos
    ];

    mkSystem = {
      hostname,
      overlays ? baseOverlays,
      extraModules ? [],
    }:
      nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = {inherit inputs outputs;};
        modules =
          [
            ({
              config,
              pkgs,
              ...
            }: {
              nixpkgs.overlays = overlays;
            })
            ./machines/${hostname}.nix
          ]
          ++ commonModules
          ++ extraModules;
      };
  in {
    nixosConfigurations = {
      carbon = mkSystem {
        hostname = "carbon";
        overlays = llamaOverlays;
        extraModules = [inputs.home-manager.nixosModules.home-manager];
      };
      beryllium = mkSystem {
        hostname = "beryllium";
        overlays = llamaOverlays ++ [overlay-tools];
      };
      boron = mkSystem {hostname = "boron";};
      nitrogen = mkSystem {
        hostname = "nitrogen";
      };
    };
  };
}
