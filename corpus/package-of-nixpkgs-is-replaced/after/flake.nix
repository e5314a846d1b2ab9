{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    nixpkgs-unstable.url = "github:NixOS/nixpkgs/nixos-unstable";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
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
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
        xenon = nixpkgs.lib.nixosSystem {
          modules = [
            ./machines/xenon.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
      };
    };
}
