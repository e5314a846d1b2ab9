{ inputs, withSystem, ... }:
{
  flake.nixosConfigurations = {
    carbon = inputs.nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ../machines/carbon.nix ];
    };
    boron = withSystem "x86_64-linux" (
      { pkgs, ... }:
      inputs.nixpkgs.lib.nixosSystem {
        specialArgs = { inherit pkgs; };
        modules = [ ../machines/boron.nix ];
      }
    );
  };
}
