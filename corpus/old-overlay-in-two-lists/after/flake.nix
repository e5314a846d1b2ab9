{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      shellPackages = import nixpkgs {
        system = "x86_64-linux";
        overlays = [
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
          (final: prev: { ours = prev.hello; })
        ];
      };
    in
    {
      devShells.x86_64-linux.default = shellPackages.mkShell { };
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./machines/carbon.nix
          {
            nixpkgs.overlays = [
              (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
              (final: prev: { ours = prev.hello; })
            ];
          }
        ];
      };
    };
}
