{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mine = import ./lib { inherit (nixpkgs) lib; };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = { inherit inputs mine; };
        modules = map mine.fromRoot [
          "machines/carbon.nix"
          "modules/locale.nix"
        ];
      };
    };
}
