{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = {
        krypton = nixpkgs.lib.nixosSystem { modules = [ ./machines/krypton.nix ]; };
        xenon = nixpkgs.lib.nixosSystem { modules = [ ./machines/xenon.nix ]; };
      };
    };
}
