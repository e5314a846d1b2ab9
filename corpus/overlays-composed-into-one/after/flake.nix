{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      overlay = nixpkgs.lib.composeManyExtensions [
        (final: prev: { greeting = prev.hello; })
        (final: prev: { farewell = prev.hello; })
      ];
    in
    {
      overlays.default = overlay;

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [
            overlay
            (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
          ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
