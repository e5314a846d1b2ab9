{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.loader.url = "github:someone/loader";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    {
      self,
      nixpkgs,
      loader,
      ...
    }@inputs:
    let
      root = self;
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [ (import ./nix/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
      nixosModules.some = loader.lib.load "${root}/nixos";
      nixosModules.others = loader.lib.loadAll [ (root + "/pkgs") ];
    };
}
