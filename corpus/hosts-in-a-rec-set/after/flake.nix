{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs = { nixpkgs, ... }@inputs: rec {
    system = "x86_64-linux";
    common = { ... }: { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; };
    nixosConfigurations = rec {
      carbon = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [ common ./machines/carbon.nix ];
      };
      boron = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [ common ./machines/boron.nix ];
      };
    };
  };
}
