{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.desk = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./users/ada.nix
          ./hosts/office/configuration.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };

      nixosConfigurations.lap = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./users/bob.nix
          ./hosts/travel/configuration.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
}
