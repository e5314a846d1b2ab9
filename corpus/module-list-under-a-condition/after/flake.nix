{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.disko.url = "github:nix-community/disko";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        name: extra:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          specialArgs = { inherit inputs; };
          modules = [
            ./machines/${name}.nix
          ]
          ++ (if extra != null then [ extra ] else [ ]);
        };
    in
    {
      nixosConfigurations = {
        beryllium = mkHost "beryllium" inputs.disko.nixosModules.disko;
        boron = mkHost "boron" null;
        carbon = mkHost "carbon" null;
      };
    };
}
