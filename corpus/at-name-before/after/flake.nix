{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs = inputs@{ self, nixpkgs, ... }: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [
        { nixpkgs.overlays = [
          (final: prev: { hello-two = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ]; }
        ./machines/carbon.nix
      ];
    };
  };
}
