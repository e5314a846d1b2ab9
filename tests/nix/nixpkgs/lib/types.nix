# Option types: how definitions are checked and merged.
lib:
let
  inherit (builtins) all any concatLists concatMap elem head isAttrs isBool isInt isList isString map tail;
  inherit (lib) conflict evalDefinitions evalModules mergeTyped propertyType pushDownDefinitions;

  mkType =
    given:
    {
      _type = "option-type";
      check = _: true;
      merge = mergeEqual;
      description = given.name;
      getSubOptions = _: { };
      functor = { };
    }
    // given;

  values = map (def: def.value);
  mergeOne = loc: defs: if builtins.length defs == 1 then (head defs).value else conflict loc defs;
  mergeEqual = loc: defs: if all (v: v == head (values defs)) (tail (values defs)) then (head defs).value else conflict loc defs;
  simple = name: check: mkType { inherit name check; };
  joined = name: sep: mkType { inherit name; check = isString; merge = _: defs: lib.concatStringsSep sep (values defs); };
  isPathLike = v: builtins.isPath v || (isString v && lib.hasPrefix "/" v) || v ? outPath;

  # Sets are merged; of everything else, lists among them, there is one value. What is a string as well is no set here.
  anything = mkType {
    name = "anything";
    merge =
      loc: defs:
      if all (v: isAttrs v && !(v ? outPath || v ? __toString)) (values defs) then
        (attrsOf' false anything).merge loc defs
      else
        mergeEqual loc defs;
  };

  listOf =
    item:
    mkType {
      name = "list of ${item.name}";
      check = isList;
      emptyValue.value = [ ];
      merge =
        loc: defs:
        concatLists (
          map (
            def:
            concatMap (
              value:
              let
                one = mergeTyped (loc ++ [ "[definition]" ]) item [ (def // { inherit value; }) ];
              in
              lib.optional (propertyType value == null || one.isDefined) one.value
            ) def.value
          ) defs
        );
    };

  # Strict in the conditions of its attributes, as nixpkgs' is: an attribute under a false `mkIf` is not there.
  attrsOf' =
    lazy: item:
    mkType {
      name = "attribute set of ${item.name}";
      check = isAttrs;
      emptyValue.value = { };
      merge =
        loc: defs:
        let
          byName = builtins.zipAttrsWith (name: mergeTyped (loc ++ [ name ]) item) (
            map (def: builtins.mapAttrs (_: value: def // { inherit value; }) def.value) (pushDownDefinitions loc defs)
          );
        in
        builtins.mapAttrs (_: one: one.value) (if lazy then byName else lib.filterAttrs (_: one: one.isDefined) byName);
    };

  submoduleWith =
    {
      modules,
      specialArgs ? { },
      shorthandOnlyDefinesConfig ? false,
      unset ? { },
      ...
    }:
    mkType {
      name = "submodule";
      check = v: isAttrs v || lib.isFunction v || builtins.isPath v;
      emptyValue.value = (evalModules { inherit modules specialArgs unset; }).config;
      merge =
        loc: defs:
        (evalModules {
          inherit specialArgs unset;
          prefix = loc;
          # Those of an option's type come in modules that import them.
          modules =
            map (module: { imports = [ module ]; }) modules
            ++ map (
              def:
              if isAttrs def.value && shorthandOnlyDefinesConfig then
                { _file = def.file; config = def.value; }
              else
                { _file = def.file; imports = [ def.value ]; }
            ) defs
            ++ [ { _module.args.name = lib.mkOptionDefault (lib.last loc); } ];
        }).config;
    };

  ints = {
    unsigned = simple "unsigned integer" (v: isInt v && v >= 0);
    positive = simple "positive integer" (v: isInt v && v > 0);
    between = a: b: simple "integer between" (v: isInt v && v >= a && v <= b);
    u8 = ints.between 0 255;
    u16 = ints.between 0 65535;
    u32 = ints.between 0 4294967295;
  };

  either = a: b: mkType {
    name = "${a.name} or ${b.name}";
    check = v: a.check v || b.check v;
    merge = loc: defs: if all a.check (values defs) then a.merge loc defs else if all b.check (values defs) then b.merge loc defs else conflict loc defs;
  };
in
{
  inherit attrsOf' either ints listOf submoduleWith;
  mkOptionType = mkType;
  bool = simple "boolean" isBool;
  boolByOr = mkType { name = "boolean"; check = isBool; merge = _: defs: any (v: v) (values defs); };
  int = simple "signed integer" isInt;
  float = simple "floating point number" builtins.isFloat;
  number = simple "number" (v: isInt v || builtins.isFloat v);
  port = ints.u16;
  str = simple "string" isString;
  nonEmptyStr = simple "non-empty string" (v: isString v && v != "");
  singleLineStr = simple "single-line string" isString;
  strMatching = pattern: simple "string matching ${pattern}" (v: isString v && builtins.match pattern v != null);
  string = joined "string" "";
  lines = joined "strings concatenated with \"\\n\"" "\n";
  commas = joined "strings concatenated with \",\"" ",";
  envVar = joined "strings concatenated with \":\"" ":";
  separatedString = sep: joined "strings concatenated" sep;
  path = simple "path" isPathLike;
  pathInStore = simple "path in the store" isPathLike;
  externalPath = simple "path" isPathLike;
  package = simple "package" (v: lib.isDerivation v || isPathLike v);
  shellPackage = simple "package" lib.isDerivation;
  pkgs = simple "Nixpkgs package set" (v: v._type or null == "pkgs");
  enum = xs: simple "one of ${builtins.toJSON xs}" (v: elem v xs);
  raw = mkType { name = "raw value"; merge = mergeOne; };
  unspecified = mkType { name = "unspecified value"; merge = lib.mergeFree; };
  inherit anything;
  attrs = mkType { name = "attribute set"; check = isAttrs; emptyValue.value = { }; merge = _: defs: builtins.foldl' (a: b: a // b) { } (values defs); };
  attrsOf = attrsOf' false;
  lazyAttrsOf = attrsOf' true;
  nonEmptyListOf = listOf;
  loaOf = attrsOf' false;
  nullOr = item: mkType {
    name = "null or ${item.name}";
    check = v: v == null || item.check v;
    merge = loc: defs: if all (v: v == null) (values defs) then null else if any (v: v == null) (values defs) then conflict loc defs else item.merge loc defs;
  };
  oneOf = ts: builtins.foldl' either (head ts) (tail ts);
  coercedTo = from: f: to: mkType {
    inherit (to) name;
    check = v: from.check v || to.check v;
    merge = loc: defs: to.merge loc (map (def: if from.check def.value then def // { value = f def.value; } else def) defs);
  };
  addCheck = type: check: type // { check = v: type.check v && check v; };
  uniq = type: type // { merge = mergeOne; };
  unique = _: type: type // { merge = mergeOne; };
  functionTo = item: mkType {
    name = "function to ${item.name}";
    check = lib.isFunction;
    merge = loc: defs: arg: (mergeTyped loc item (map (def: def // { value = def.value arg; }) defs)).value;
  };
  deferredModule = mkType { name = "module"; merge = _: defs: { imports = map (def: { _file = def.file; imports = [ def.value ]; }) defs; }; };
  submodule = module: submoduleWith { modules = lib.toList module; shorthandOnlyDefinesConfig = true; };
  optionType = simple "option type" (v: v._type or null == "option-type");
}
