# numtide/flake-utils: the functions that configuration repositories call.
{ nixpkgs }:
let
  inherit (nixpkgs) lib;
  defaultSystems = [ "aarch64-linux" "aarch64-darwin" "x86_64-darwin" "x86_64-linux" ];
  # { packages = p; } for each system, turned into packages.<system> = p.
  eachSystem =
    systems: f:
    builtins.foldl' (
      acc: system: lib.foldlAttrs (a: name: value: a // { ${name} = a.${name} or { } // { ${system} = value; }; }) acc (f system)
    ) { } systems;
in
{
  lib = {
    inherit defaultSystems eachSystem;
    allSystems = lib.systems.flakeExposed;
    eachDefaultSystem = eachSystem defaultSystems;
    eachSystemPassThrough = systems: f: builtins.foldl' (acc: system: acc // f system) { } systems;
    eachDefaultSystemPassThrough = f: builtins.foldl' (acc: system: acc // f system) { } defaultSystems;
    system = lib.genAttrs lib.systems.flakeExposed (system: system);
    mkApp = { drv, name ? drv.name, ... }: { type = "app"; program = "${drv}/bin/${name}"; };
    flattenTree = tree: tree;
  };
}
