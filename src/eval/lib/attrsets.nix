# Attribute sets.
lib:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    foldl'
    foldr
    hasAttr
    head
    isAttrs
    listToAttrs
    mapAttrs
    mapAttrsToList
    tail
    ;
in
rec {
  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  genAttrs' = list: f: listToAttrs (map f list);
  mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: foldl' lib.mergeAttrs { } (attrValues (mapAttrs f set));
  optionalAttrs = condition: set: if condition then set else { };
  attrVals = names: set: map (name: set.${name}) names;
  getAttrs = names: set: genAttrs names (name: set.${name});
  hasAttrByPath =
    path: set:
    if path == [ ] then true else hasAttr (head path) set && hasAttrByPath (tail path) set.${head path};
  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if hasAttr (head path) set then
      attrByPath (tail path) default set.${head path}
    else
      default;
  getAttrFromPath =
    path: set:
    if path == [ ] then set else getAttrFromPath (tail path) set.${head path};
  setAttrByPath =
    path: value:
    if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };
  foldlAttrs =
    f: init: set:
    foldl' (sum: name: f sum name set.${name}) init (attrNames set);
  foldAttrs =
    f: nul: sets:
    foldr (
      set: sum:
      foldr (name: sum: sum // { ${name} = f set.${name} (sum.${name} or nul); }) sum (attrNames set)
    ) { } sets;
  catAttrs = name: sets: concatMap (set: if hasAttr name set then [ set.${name} ] else [ ]) sets;
  collect =
    test: set:
    if test set then
      [ set ]
    else if isAttrs set then
      concatMap (collect test) (attrValues set)
    else
      [ ];
  zipAttrsWithNames =
    names: f: sets:
    genAttrs names (name: f name (catAttrs name sets));
  zipAttrsWith = f: sets: zipAttrsWithNames (builtins.unique (concatMap attrNames sets)) f sets;
  zipAttrs = zipAttrsWith (_: values: values);
  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    test: f: set:
    let
      go =
        path:
        mapAttrs (
          name: value:
          if isAttrs value && test value then go (path ++ [ name ]) value else f (path ++ [ name ]) value
        );
    in
    go [ ] set;
  filterAttrsRecursive =
    test: set:
    mapAttrs (_: value: if isAttrs value then filterAttrsRecursive test value else value) (
      builtins.filterAttrs test set
    );
  cartesianProduct =
    sets:
    foldl' (
      rows: name: concatMap (row: map (value: row // { ${name} = value; }) sets.${name}) rows
    ) [ { } ] (attrNames sets);
  cartesianProductOfSets = cartesianProduct;
  isDerivation = x: (x.type or null) == "derivation";
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
}
