# Fixed points and overlays.
lib: rec {
  fix = f: let x = f x; in x;
  extends = overlay: f: final: let prev = f final; in prev // overlay final prev;
  composeExtensions =
    f: g: final: prev:
    let
      first = f final prev;
    in
    first // g final (prev // first);
  composeManyExtensions = builtins.foldl' composeExtensions (_: _: { });
  makeExtensible = rattrs: fix rattrs // { extend = f: makeExtensible (extends f rattrs); };
  makeOverridable = f: args: f args // { override = more: makeOverridable f (args // lib.toFunction more args); };
  makeScope = newScope: f: let self = f self // { inherit newScope; callPackage = newScope { }; }; in self;
}
