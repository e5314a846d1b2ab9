{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        kind: name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = [
            ./nixos/${kind}.nix
            ./machines/${name}.nix
          ];
        };
    in
    {
      nixosConfigurations = {
        carbon = mkHost "desktop" "carbon";
        beryllium = mkHost "desktop" "beryllium";
        boron = mkHost "server" "boron";
      };
    };
}
