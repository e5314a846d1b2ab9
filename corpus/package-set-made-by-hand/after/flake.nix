{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      system = "x86_64-linux";
      pkgs = import nixpkgs {
        inherit system;
        overlays = [
          (final: prev: { greeting = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ];
      };
    in
    {
      # Not for NixOS
      devShells.${system}.default = pkgs.mkShell { packages = [ pkgs.git ]; };

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        inherit system pkgs;
        modules = [ ./machines/carbon.nix ];
      };
    };
}
