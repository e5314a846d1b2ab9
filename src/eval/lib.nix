# Functions of nixpkgs' `lib`, in terms of the native ones. Evaluated by nixfix alone: `builtins` holds here whatever
# nixfix implements natively. Only meaning matters, not speed or error messages.
let
  inherit (builtins)
    attrNames
    attrValues
    concatLists
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    foldr
    genList
    getAttr
    hasAttr
    head
    isAttrs
    isFunction
    isList
    length
    listToAttrs
    map
    mapAttrs
    mapAttrsToList
    readDir
    tail
    ;
in
rec {
  # trivial
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
  fileContents = path: builtins.readFile path;
  warnIf = _: _: x: x;
  warnIfNot = _: _: x: x;
  throwIf = _: _: x: x;
  throwIfNot = _: _: x: x;
  assertMsg = condition: _: condition;
  traceVal = x: x;
  traceValSeq = x: x;
  toFunction = v: if isFunction v then v else _: v;
  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = a: b: a - (b * (builtins.div a b));

  # lists
  singleton = x: [ x ];
  forEach = list: f: map f list;
  fold = foldr;
  foldl = foldl';
  toList = x: if isList x then x else [ x ];
  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: list: if condition then list else [ ];
  imap0 = f: list: genList (n: f n (elemAt list n)) (length list);
  imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
  findFirst =
    test: default: list:
    let
      found = filter test list;
    in
    if found == [ ] then default else head found;
  findSingle =
    test: none: many: list:
    let
      found = filter test list;
    in
    if found == [ ] then
      none
    else if length found == 1 then
      head found
    else
      many;
  remove = x: filter (y: y != x);
  subtractLists = gone: filter (x: !(elem x gone));
  intersectLists = kept: filter (x: elem x kept);
  range = first: last: if first > last then [ ] else genList (n: first + n) (last - first + 1);
  take = n: list: genList (elemAt list) (min n (length list));
  drop = n: list: genList (i: elemAt list (i + n)) (max 0 (length list - n));
  zipListsWith =
    f: a: b:
    genList (n: f (elemAt a n) (elemAt b n)) (min (length a) (length b));
  zipLists = zipListsWith (
    fst: snd: { inherit fst snd; }
  );
  partition = test: list: {
    right = filter test list;
    wrong = filter (x: !(test x)) list;
  };
  crossLists = f: foldl' (fs: args: concatMap (f: map f args) fs) [ f ];
  mutuallyExclusive = a: b: !(builtins.any (x: elem x a) b);
  sublist =
    start: count: list:
    take count (drop start list);
  replicate = n: x: genList (_: x) n;
  groupBy =
    f: list:
    foldl' (
      sum: x:
      let
        key = f x;
      in
      sum // { ${key} = (sum.${key} or [ ]) ++ [ x ]; }
    ) { } list;

  # attribute sets
  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  genAttrs' = list: f: listToAttrs (map f list);
  mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: foldl' mergeAttrs { } (attrValues (mapAttrs f set));
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
  cartesianProduct =
    sets:
    foldl' (
      rows: name: concatMap (row: map (value: row // { ${name} = value; }) sets.${name}) rows
    ) [ { } ] (attrNames sets);
  cartesianProductOfSets = cartesianProduct;
  isDerivation = x: (x.type or null) == "derivation";
  recurseIntoAttrs = set: set;
  dontRecurseIntoAttrs = set: set;

  # strings
  concatStrings = concatStringsSep "";
  concatMapStrings = f: list: concatStrings (map f list);
  concatMapStringsSep =
    separator: f: list:
    concatStringsSep separator (map f list);
  concatLines = list: concatMapStrings (line: line + "\n") list;
  optionalString = condition: text: if condition then text else "";
  nameFromURL = url: separator: head (builtins.splitString separator url);
  escapeShellArg = text: text;

  # fixed points and overlays
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
  makeOverridable = f: f;

  # modules
  mkIf = condition: content: {
    _type = "if";
    inherit condition content;
  };
  mkMerge = contents: {
    _type = "merge";
    inherit contents;
  };
  mkOverride = priority: content: {
    _type = "override";
    inherit priority content;
  };
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkImageMediaOverride = mkOverride 60;
  mkDefault = mkOverride 1000;
  mkOptionDefault = mkOverride 1500;
  mkOrder = priority: content: {
    _type = "order";
    inherit priority content;
  };
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  setDefaultModuleLocation = _: module: module;
  importApply = path: import path;
  mkOption = option: option // { _type = "option"; };
  mkEnableOption =
    _:
    mkOption {
      type = types.bool;
      default = false;
    };

  # option types: only those that decide how definitions are merged
  types = {
    bool = optionType "bool" { };
    attrsOf = nested: optionType "attrsOf" { inherit nested; };
    lazyAttrsOf = types.attrsOf;
    listOf = nested: optionType "listOf" { inherit nested; };
    nullOr = nested: optionType "nullOr" { inherit nested; };
    submodule =
      module:
      optionType "submodule" {
        modules = toList module;
        shorthand = true;
      };
    submoduleWith =
      {
        modules,
        shorthandOnlyDefinesConfig ? false,
        ...
      }:
      optionType "submodule" {
        inherit modules;
        shorthand = shorthandOnlyDefinesConfig;
      };
    deferredModule = optionType "deferredModule" { modules = [ ]; };
    deferredModuleWith =
      {
        staticModules ? [ ],
      }:
      optionType "deferredModule" { modules = staticModules; };
  };
  optionType = name: parts: parts // {
    _type = "option-type";
    inherit name;
  };

  # file sets: here simply lists of files
  fileset =
    let
      files =
        set:
        if isList set then
          set
        else if pathIsDirectory set then
          builtins.listFilesRecursive set
        else
          [ set ];
      describe = path: {
        name = baseNameOf path;
        type = "regular";
        hasExt = extension: builtins.hasSuffix ("." + extension) (baseNameOf path);
      };
    in
    rec {
      toList = files;
      fileFilter = test: root: filter (path: test (describe path)) (files root);
      maybeMissing = path: if builtins.pathExists path then files path else [ ];
      union = a: b: unions [
        a
        b
      ];
      unions = sets: builtins.unique (concatMap files sets);
      intersection = a: b: intersectLists (files a) (files b);
      difference = a: b: subtractLists (files b) (files a);
      gitTracked = files;
      fromSource = files;
    };

  # the file system
  packagesFromDirectoryRecursive = throw "package directories are not followed";
  pathIsDirectory = path: builtins.pathExists path && builtins.readFileType path == "directory";
  pathIsRegularFile = path: builtins.pathExists path && builtins.readFileType path == "regular";
  pathType = builtins.readFileType;
  cleanSource = path: path;
  cleanSourceWith = { src, ... }: src;

  # systems
  systems = {
    flakeExposed = [
      "x86_64-linux"
      "aarch64-linux"
      "x86_64-darwin"
      "armv6l-linux"
      "armv7l-linux"
      "i686-linux"
      "aarch64-darwin"
      "powerpc64le-linux"
      "riscv64-linux"
      "x86_64-freebsd"
    ];
    doubles.all = systems.flakeExposed;
  };
}
