{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.fenix.url = "github:nix-community/fenix";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      others = removeAttrs inputs [
        "self"
        "nixpkgs"
      ];
      collected = map (input: input.overlays.default) (builtins.attrValues others);
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [
          ./carbon.nix
          { nixpkgs.overlays = collected; }
        ];
      };
    };
}
