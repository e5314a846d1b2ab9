{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosModules = builtins.mapAttrs (name: _: ./nixos/${name}) (builtins.readDir ./nixos);
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        modules = [ ./machines/carbon.nix ];
      };
    };
}
