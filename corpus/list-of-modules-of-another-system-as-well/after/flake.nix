{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nix-darwin.url = "github:nix-darwin/nix-darwin";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    inputs@{ nixpkgs, nix-darwin, ... }:
    let
      make =
        builder: own:
        builder {
          modules = [
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
            ./shared.nix
          ]
          ++ own;
        };
    in
    {
      nixosConfigurations.fern = make nixpkgs.lib.nixosSystem [
        {
          nixpkgs.hostPlatform = "x86_64-linux";
          services.xserver.videoDrivers = [ "amdgpu" ];
        }
        ./hardware-profiles/vulkan.nix
      ];
      darwinConfigurations.apple = make nix-darwin.lib.darwinSystem [ ];
    };
}
