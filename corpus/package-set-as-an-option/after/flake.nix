{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [
          (final: prev: { ours = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./machines/carbon.nix
          { nixpkgs.pkgs = pkgs; }
        ];
      };
    };
}
