# `import nixpkgs { ... }`: a few packages that can be built, and overlays as a fixed point.
{
  localSystem,
  overlays ? [ ],
  ...
}:
let
  lib = import ./lib;
  platform = lib.systems.elaborate localSystem;
  inherit (platform) system;
  mkPackage = import ./mk-package.nix system;
  base = final: {
    inherit lib system;
    config = { };
    stdenv.hostPlatform = platform;
    mkStub = name: mkPackage name { };
    hello = mkPackage "hello" { };
  };
  final = builtins.foldl' (prev: overlay: prev // overlay final prev) (base final) overlays;
in
final
