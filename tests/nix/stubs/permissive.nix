# Any other flake: what the case's text selects from it, each a value that fits where such outputs are used.
#
# `paths` are attribute paths; the component "*" stands for every system.
{ lib, name, paths }:
let
  mkDerivation = import ../nixpkgs/derivation.nix lib;
  systems = lib.systems.flakeExposed;
  expand = builtins.foldl' (done: part: lib.concatMap (p: map (x: p ++ [ x ]) (if part == "*" then systems else [ part ])) done) [ [ ] ];

  leaf =
    path:
    let
      id = "${name}#${lib.concatStringsSep "." path}";
      kind = lib.head path;
      system = if lib.length path > 1 then lib.elemAt path 1 else "x86_64-linux";
      package = mkDerivation { inherit id system; };
    in
    if lib.hasInfix "odule" kind then
      { _file = id; key = id; stubModules = [ id ]; }
    else if lib.hasPrefix "overlay" kind then
      (_: _: { ${"overlay-of-" + id} = package; })
    else if kind == "lib" then
      { __functor = _: _: leaf (path ++ [ "called" ]); }
    else
      package;

  tree =
    prefix: group:
    lib.mapAttrs (
      part: below:
      let
        path = prefix ++ [ part ];
        deeper = lib.filter (p: p != [ ]) (map lib.tail below);
      in
      if deeper == [ ] then
        leaf path
      else
        # A selection and a longer one: `foo.packages` used both whole and in part.
        tree path deeper
    ) (lib.groupBy lib.head group);
in
tree [ ] (lib.concatMap expand (lib.filter (p: p != [ ]) paths))
