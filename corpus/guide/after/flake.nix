{
  description = "NixOS on four machines";

  inputs = {
    # Nixpkgs
    nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
    nixpkgs-stable.url = "github:nixos/nixpkgs/nixos-25.05";

    # Nixos-hardware
    nixos-hardware = {
      url = "github:NixOS/nixos-hardware/master";
    };

    # Home manager config
    home-manager = {
      url = "github:nix-community/home-manager";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    llama-cpp = {
      url = "github:ggml-org/llama.cpp";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs = {self, ...} @ inputs: let
    inherit (self) outputs;
    overlay-stable = final: prev: {
      stable = import inputs.nixpkgs-stable {
        system = final.system;
        config.allowUnfree = true;
      };
    };
    # The name of a configuration is the name of the machine: `nh os switch ./` finds it
  in {
    nixosConfigurations = {
      carbon = inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = {inherit inputs outputs;};
        modules = [
          ({
            config,
            pkgs,
            ...
          }: {
            nixpkgs.overlays = [
              overlay-stable
              (import ./nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})
            ];
          })
          ./machines/carbon.nix
          ./nixos
          inputs.home-manager.nixosModules.home-manager
        ];
      };

      beryllium = inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = {inherit inputs outputs;};
        modules = [
          ({
            config,
            pkgs,
            ...
          }: {
            nixpkgs.overlays = [
              overlay-stable
              (import ./nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})
            ];
          })
          ./machines/beryllium.nix
          ./nixos
          inputs.home-manager.nixosModules.home-manager
          inputs.nixos-hardware.nixosModules.framework-13-7040-amd
        ];
      };

      # A small server
      boron = inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = {inherit inputs outputs;};
        modules = [
          ({
            config,
            pkgs,
            ...
          }: {
            nixpkgs.overlays = [
              overlay-stable
              (import ./nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})
            ];
          })
          ./machines/boron.nix
          ./nixos
        ];
      };

      nitrogen = inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = {inherit inputs outputs;};
        modules = [
          ({
            config,
            pkgs,
            ...
          }: {nixpkgs.overlays = [
            overlay-stable
            (import ./nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})
          ];})
          ./machines/nitrogen.nix
          ./nixos
        ];
      };
    };
  };
}
