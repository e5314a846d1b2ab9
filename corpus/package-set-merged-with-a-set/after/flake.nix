{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      packages = import nixpkgs {
        system = "x86_64-linux";
        overlays = [
          (final: prev: { greeter = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ];
      };
    in
    {
      nixosConfigurations = {
        cobalt = nixpkgs.lib.nixosSystem {
          pkgs = packages;
          modules = [ ./cobalt.nix ];
        };
        nickel = nixpkgs.lib.nixosSystem {
          pkgs = packages // {
            config.cudaSupport = true;
          };
          modules = [ ./nickel.nix ];
        };
      };
    };
}
