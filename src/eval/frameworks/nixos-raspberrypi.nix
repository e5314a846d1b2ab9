# nixos-raspberrypi: `nixosSystem` of the nixpkgs that it is locked with, unless it is given another, with modules for the
# board in front. Those it has of its own are not looked into; what they say of the platform is said here.
{ lib, flake }:
let
  board = {
    nixpkgs.hostPlatform = "aarch64-linux";
  };
  system =
    {
      nixpkgs ? flake.inputs.nixpkgs,
      ...
    }@args:
    nixpkgs.lib.nixosSystem (
      builtins.removeAttrs args [
        "nixpkgs"
        "trustCaches"
      ]
      // {
        modules = [ board ] ++ args.modules;
      }
    );
in
{
  lib = {
    nixosSystem = system;
    nixosSystemFull = system;
    nixosInstaller = system;
  };
}
