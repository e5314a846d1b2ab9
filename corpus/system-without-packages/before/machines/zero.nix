{ lib, ... }:
{
  # Compiled on the system that the flake names.
  nixpkgs.hostPlatform = lib.systems.examples.raspberryPi;
}
