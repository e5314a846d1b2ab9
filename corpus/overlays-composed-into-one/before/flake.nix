{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      overlay = nixpkgs.lib.composeManyExtensions [
        (final: prev: { greeting = prev.hello; })
        (import ./nixos/pkgs/llama-cpp-variants.nix inputs)
      ];
    in
    {
      overlays.default = overlay;

      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ overlay ]; }
          ./machines/carbon.nix
        ];
      };
    };
}
