{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.flakelight.url = "github:nix-community/flakelight";

  outputs =
    { flakelight, ... }@inputs:
    flakelight ./. {
      inherit inputs;
      nixosConfigurations.boron = {
        system = "x86_64-linux";
        modules = [ ./machines/boron.nix ];
      };
    };
}
