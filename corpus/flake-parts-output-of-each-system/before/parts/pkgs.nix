{
  flake-parts-lib,
  inputs,
  lib,
  ...
}:
{
  imports = [
    (flake-parts-lib.mkTransposedPerSystemModule {
      name = "pkgs";
      file = ./pkgs.nix;
      option = lib.mkOption { type = lib.types.unspecified; };
    })
  ];

  perSystem =
    { pkgs, system, ... }:
    {
      _module.args.pkgs = import inputs.nixpkgs { inherit system; };
      inherit pkgs;
    };
}
