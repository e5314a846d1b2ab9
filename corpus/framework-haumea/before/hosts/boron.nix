{ nixpkgs, inputs, ... }:
{
  nixosConfigurations.boron = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [ ../machines/boron.nix ];
  };
}
