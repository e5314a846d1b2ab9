# Functions whose arguments can be changed afterwards, and calling them with what they ask for.
lib:
rec {
  makeOverridable = f: f;
  callPackageWith =
    autoArgs: package: args:
    let
      f = if lib.isFunction package then package else import package;
      result = f (builtins.intersectAttrs (lib.functionArgs f) autoArgs // args);
    in
    if builtins.isAttrs result then
      result
      // {
        override = builtins.notFollowed "what `override` changes";
        overrideDerivation = builtins.notFollowed "what `overrideDerivation` changes";
      }
    else if builtins.isFunction result then
      builtins.notFollowed "a function that `callPackage` gives"
    else
      result;
}
