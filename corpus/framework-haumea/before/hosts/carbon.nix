{ nixpkgs, inputs }:
{
  nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [ ../machines/carbon.nix ];
  };
}
