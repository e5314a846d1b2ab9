{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      overlay = lib.foldl' lib.composeExtensions (_: _: { }) [
        (final: prev: { ours = prev.hello; })
      ];
    in
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          ./machines/carbon.nix
          { nixpkgs.overlays = [
            overlay
            (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
          ]; }
        ];
      };
    };
}
