# What the rest is made of.
_:
let
  inherit (builtins) foldl';
in
rec {
  id = x: x;
  const = x: _: x;
  flip =
    f: a: b:
    f b a;
  pipe = foldl' (value: f: f value);
  concat = a: b: a ++ b;
  or' = a: b: a || b;
  and = a: b: a && b;
  boolToString = b: if b then "true" else "false";
  mergeAttrs = a: b: a // b;
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);
  fileContents = path: builtins.removeSuffix "\n" (builtins.readFile path);
  warnIf = _: _: x: x;
  warnIfNot = _: _: x: x;
  throwIf = _: _: x: x;
  throwIfNot = _: _: x: x;
  assertMsg = condition: _: condition;
  traceVal = x: x;
  traceValSeq = x: x;
  isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));
  functionArgs =
    f:
    if f ? __functor then
      f.__functionArgs or (functionArgs (f.__functor f))
    else
      builtins.functionArgs f;
  toFunction = v: if isFunction v then v else _: v;
  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = a: b: a - (b * (builtins.div a b));
}
