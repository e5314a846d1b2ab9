# Functions on anything: control, comparison, functions, versions.
lib: {
  inherit (builtins)
    add
    bitAnd
    bitOr
    compareVersions
    fromJSON
    genericClosure
    isAttrs
    isBool
    isFloat
    isInt
    isPath
    lessThan
    seq
    deepSeq
    sub
    mul
    div
    typeOf
    unsafeGetAttrPos
    pathExists
    readFile
    tryEval
    abort
    throw
    parseDrvName
    ;
  id = x: x;
  const = x: _: x;
  flip = f: a: b: f b a;
  pipe = builtins.foldl' (x: f: f x);
  and = a: b: a && b;
  or = a: b: a || b;
  boolToString = b: if b then "true" else "false";
  mapNullable = f: a: if a == null then a else f a;
  defaultTo = d: v: if v == null then d else v;
  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = a: b: a - b * (a / b);
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);
  isFunction = f: builtins.isFunction f || (f ? __functor && builtins.isFunction (f.__functor f));
  toFunction = v: if lib.isFunction v then v else _: v;
  functionArgs = f: f.__functionArgs or (builtins.functionArgs (if f ? __functor then f.__functor f else f));
  setFunctionArgs = f: args: {
    __functor = _: f;
    __functionArgs = args;
  };
  mirrorFunctionArgs = f: g: lib.setFunctionArgs g (builtins.functionArgs f);
  warn = msg: builtins.trace "warning: ${msg}";
  warnIf = cond: msg: if cond then lib.warn msg else x: x;
  warnIfNot = cond: msg: lib.warnIf (!cond) msg;
  throwIf = cond: msg: if cond then throw msg else x: x;
  throwIfNot = cond: msg: lib.throwIf (!cond) msg;
  assertMsg = cond: msg: cond || builtins.trace msg false;
  info = msg: builtins.trace "INFO: ${msg}";
  inPureEvalMode = true;
  version = "25.11pre-stub";
  trivial-release = "25.11";
  release = "25.11";
  versions = {
    major = v: builtins.head (builtins.splitVersion v);
    majorMinor = v: builtins.concatStringsSep "." (lib.take 2 (builtins.splitVersion v));
  };
  inNixShell = false;
  nixpkgsVersion = "25.11pre-stub";
}
