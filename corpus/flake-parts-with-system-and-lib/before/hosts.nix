{ inputs, withSystem, ... }:
let
  host =
    modules:
    withSystem "x86_64-linux" (
      { lib, inputs', ... }:
      lib.nixosSystem {
        specialArgs = { inherit inputs inputs'; };
        inherit modules;
      }
    );
in
{
  flake.nixosConfigurations.carbon = host [ ./carbon.nix ];
}
