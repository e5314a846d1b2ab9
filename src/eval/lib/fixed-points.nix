# Fixed points and overlays.
_:
let
  inherit (builtins) foldr;
in
rec {
  fix =
    f:
    let
      x = f x;
    in
    x;
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;
  composeExtensions =
    f: g: final: prev:
    let
      first = f final prev;
    in
    first // g final (prev // first);
  composeManyExtensions = foldr composeExtensions (_: _: { });
  makeExtensible =
    f:
    let
      self = f self // {
        extend = overlay: makeExtensible (extends overlay f);
      };
    in
    self;
}
