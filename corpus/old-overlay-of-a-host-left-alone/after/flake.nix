{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ]; }
          ./machines/boron.nix
        ];
      };

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [
            (import ./nixos/pkgs/llama-cpp-variants.nix inputs)
            (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
          ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
