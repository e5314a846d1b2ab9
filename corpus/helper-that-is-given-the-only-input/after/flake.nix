{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs@{ self, nixpkgs, ... }:
    let
      mkPkgs =
        {
          nixpkgs,
          overlays ? [ ],
        }:
        import nixpkgs {
          system = "x86_64-linux";
          config.allowUnfree = true;
          inherit overlays;
        };
      pkgs = mkPkgs {
        inherit nixpkgs;
        overlays = [
          (final: prev: { tools = prev.git; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        inherit pkgs;
        modules = [ ./machines/carbon.nix ];
      };
    };
}
