{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixos-raspberrypi.url = "github:nvmd/nixos-raspberrypi/main";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, nixos-raspberrypi, ... }@inputs:
    {
      nixosConfigurations = {
        boron = nixos-raspberrypi.lib.nixosSystem {
          specialArgs = { inherit inputs nixos-raspberrypi; };
          modules = [
            ./boron.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
        beryllium = nixos-raspberrypi.lib.nixosSystemFull {
          inherit nixpkgs;
          trustCaches = false;
          specialArgs = { inherit inputs nixos-raspberrypi; };
          modules = [
            ./beryllium.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
        carbon = nixpkgs.lib.nixosSystem {
          modules = [
            ./carbon.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
      };
    };
}
