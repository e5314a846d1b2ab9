{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      mkHost =
        system: name:
        nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            { networking.hostName = name; }
            ./modules/common.nix
            (./. + "/hosts/${name}/hardware-configuration.nix")
          ];
        };
    in
    {
      nixosConfigurations = {
        boron = mkHost "x86_64-linux" "boron";
        carbon = mkHost "x86_64-linux" "carbon"; # in the cellar
      };
    };
}
