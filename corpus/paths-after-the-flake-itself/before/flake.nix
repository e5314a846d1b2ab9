{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          (self + /machines/carbon.nix)
          (nixpkgs + /nixos/modules/profiles/qemu-guest.nix)
        ];
      };
    };
}
