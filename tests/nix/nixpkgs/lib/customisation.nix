# Calling functions with what they ask for.
lib: {
  callPackageWith =
    known: package: more:
    let
      f = if lib.isFunction package then package else import package;
      wanted = builtins.intersectAttrs (lib.functionArgs f) known;
    in
    lib.makeOverridable f (wanted // more);
}
