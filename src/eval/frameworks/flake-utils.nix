# flake-utils: a function of the system, turned into sets by system. The names of the outputs are those it gives for one
# system; each value is looked at only where it is asked for.
{ lib, ... }:
let
  inherit (builtins) attrNames head mapAttrs;
  defaultSystems = [
    "aarch64-linux"
    "x86_64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
  ];
  eachSystem =
    systems: f:
    mapAttrs (name: _: lib.genAttrs systems (system: (f system).${name})) (f (head systems));
  eachSystemMap = lib.genAttrs;
in
{
  lib = {
    inherit defaultSystems eachSystem eachSystemMap;
    allSystems = defaultSystems;
    eachSystemPassThrough = systems: f: lib.foldl' (sum: system: sum // f system) { } systems;
    eachDefaultSystem = eachSystem defaultSystems;
    eachDefaultSystemMap = eachSystemMap defaultSystems;
    eachDefaultSystemPassThrough = f: f "x86_64-linux";
    mkApp = app: app;
    system = lib.genAttrs defaultSystems (system: system);
  };
}
