{
  inputs = {
    stable.url = "github:NixOS/nixpkgs/nixos-25.05";
    unstable.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager = {
      url = "github:nix-community/home-manager";
      inputs.nixpkgs.follows = "unstable";
    };
    llama-cpp = {
      url = "github:ggml-org/llama.cpp";
      inputs.nixpkgs.follows = "unstable";
    };
  };

  outputs = { self, ... }@inputs: {
    nixosConfigurations = {
      carbon = inputs.unstable.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./hosts/carbon
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
      boron = inputs.unstable.lib.nixosSystem {
        system = "aarch64-linux";
        modules = [
          ./hosts/boron
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
  };
}
