# Attribute sets.
lib:
let
  inherit (builtins) attrNames listToAttrs map;
in
rec {
  inherit (builtins) attrNames attrValues catAttrs getAttr hasAttr intersectAttrs listToAttrs mapAttrs removeAttrs zipAttrsWith;
  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (n: nameValuePair n (f n)) names);
  genAttrs' = names: f: listToAttrs (map f names);
  mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
  mapAttrsToList = f: set: map (n: f n set.${n}) (attrNames set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: builtins.foldl' (a: b: a // b) { } (mapAttrsToList f set);
  mergeAttrsList = builtins.foldl' (a: b: a // b) { };
  mergeAttrs = a: b: a // b;
  filterAttrs = pred: set: removeAttrs set (builtins.filter (n: !pred n set.${n}) (attrNames set));
  foldlAttrs = f: init: set: builtins.foldl' (acc: n: f acc n set.${n}) init (attrNames set);
  foldAttrs = op: nul: sets: zipAttrsWith (_: lib.foldr op nul) sets;
  zipAttrs = zipAttrsWith (_: vs: vs);
  optionalAttrs = cond: set: if cond then set else { };
  getAttrs = names: set: genAttrs names (n: set.${n});
  attrVals = names: set: map (n: set.${n}) names;
  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if builtins.isAttrs set && set ? ${builtins.head path} then
      attrByPath (builtins.tail path) default set.${builtins.head path}
    else
      default;
  hasAttrByPath = path: set: attrByPath path lib set != lib || attrByPath path null set != null;
  getAttrFromPath = path: set: attrByPath path (throw "cannot find attribute `${lib.concatStringsSep "." path}'") set;
  setAttrByPath = path: value: if path == [ ] then value else { ${builtins.head path} = setAttrByPath (builtins.tail path) value; };
  recursiveUpdateUntil =
    pred: lhs: rhs:
    let
      go =
        path: a: b:
        lhsOrRhs path a b;
      lhsOrRhs =
        path: a: b:
        a
        // builtins.mapAttrs (
          n: v: if a ? ${n} && !pred (path ++ [ n ]) a.${n} v then lhsOrRhs (path ++ [ n ]) a.${n} v else v
        ) b;
    in
    go [ ] lhs rhs;
  recursiveUpdate = recursiveUpdateUntil (_: a: b: !(builtins.isAttrs a && builtins.isAttrs b));
  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    cond: f:
    let
      go = path: builtins.mapAttrs (n: v: if builtins.isAttrs v && cond v then go (path ++ [ n ]) v else f (path ++ [ n ]) v);
    in
    go [ ];
  collect =
    pred: v:
    if pred v then
      [ v ]
    else if builtins.isAttrs v then
      lib.concatMap (collect pred) (builtins.attrValues v)
    else
      [ ];
  isDerivation = v: v.type or null == "derivation";
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set;
  cartesianProduct =
    set:
    builtins.foldl' (acc: n: lib.concatMap (partial: map (v: partial // { ${n} = v; }) set.${n}) acc) [ { } ] (attrNames set);
  cartesianProductOfSets = cartesianProduct;
  toDerivation = path: { type = "derivation"; name = baseNameOf path; outPath = toString path; };
  getBin = pkg: pkg.bin or pkg;
  getLib = pkg: pkg.lib or pkg;
  getDev = pkg: pkg.dev or pkg;
  getOutput = out: pkg: pkg.${out} or pkg;
  updateManyAttrsByPath = updates: set: builtins.foldl' (acc: u: recursiveUpdate acc (setAttrByPath u.path (u.update (getAttrFromPath u.path acc)))) set updates;
}
