{ config, ... }:
{
  assertions = [
    {
      assertion = config.nixpkgs.overlays == [ ];
      message = "Overlays belong to the package set of the flake";
    }
  ];
}
