{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    {
      nixosConfigurations.rowan = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./machines/rowan.nix ];
      };
    };
}
