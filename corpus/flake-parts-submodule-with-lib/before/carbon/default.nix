{ inputs, ... }:
{
  flake =
    { lib, ... }:
    {
      nixosConfigurations.carbon = lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [ ./configuration.nix ];
      };
    };
}
