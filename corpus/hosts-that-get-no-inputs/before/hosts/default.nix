{ nixpkgs, nixos-hardware }:
{
  carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      ./carbon/configuration.nix
      nixos-hardware.nixosModules.common-pc-ssd
    ];
  };
  boron = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      ./boron/configuration.nix
    ];
  };
}
