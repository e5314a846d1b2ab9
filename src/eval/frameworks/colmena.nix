# colmena: hosts from a hive, a set of their configurations with what is common to all beside them. Its own modules, which add
# the options below `deployment`, are left out.
{ lib, ... }:
let
  reserved = [
    "defaults"
    "meta"
    "network"
  ];

  makeHive =
    given:
    let
      hive = if builtins.isFunction given then given { } else given;
      meta = hive.meta or hive.network or { };
      build =
        name:
        let
          pkgs = meta.nodeNixpkgs.${name} or meta.nixpkgs;
          own = hive.${name};
        in
        import (pkgs.path + "/nixos/lib/eval-config.nix") {
          # The node makes its packages of the nixpkgs of this set, with its overlays and those of the modules.
          inherit pkgs;
          modules = [ (hive.defaults or { }) ] ++ (if builtins.isList own then own else [ own ]);
          specialArgs = {
            inherit name nodes;
          }
          // (meta.specialArgs or { })
          // (meta.nodeSpecialArgs.${name} or { });
        };
      nodes = lib.genAttrs (lib.subtractLists reserved (builtins.attrNames hive)) build;
    in
    {
      __schema = "v0.5";
      inherit nodes;
    };
in
{
  lib = { inherit makeHive; };
}
