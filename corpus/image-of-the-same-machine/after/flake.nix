{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.nixos-generators.url = "github:nix-community/nixos-generators";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, nixos-generators, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ./machines/hardware-profiles/cpu-optimized.nix
        ];
      };

      packages.x86_64-linux.image = nixos-generators.nixosGenerate {
        system = "x86_64-linux";
        modules = [ ./machines/carbon.nix ];
        format = "qcow";
      };
    };
}
