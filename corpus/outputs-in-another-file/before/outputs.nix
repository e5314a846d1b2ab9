{ self, nixpkgs, disko }:

{
  nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      disko.nixosModules.disko
      ./machines/carbon.nix
    ];
  };
}
