# The module system: `evalModules` and the properties `mkIf`, `mkMerge`, `mkOverride`, `mkOrder`.
#
# It follows nixpkgs' lib/modules.nix in what a configuration can observe: the order of modules, keys, arguments,
# priorities, conflicts. It differs in one point: an option that nobody declares is accepted and merged by the shape of its
# definitions, because this stub does not declare NixOS' ten thousand options.
lib:
let
  inherit (builtins)
    all
    any
    attrNames
    concatLists
    concatMap
    elem
    filter
    foldl'
    head
    isAttrs
    isBool
    isList
    isString
    length
    map
    mapAttrs
    sort
    tail
    zipAttrsWith
    ;
  inherit (lib) isOption showOption;

  propertyTypes = [ "if" "merge" "override" "order" ];
  propertyType = v: if isAttrs v && elem (v._type or null) propertyTypes then v._type else null;

  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkMerge = contents: { _type = "merge"; inherit contents; };
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
  mkOrder = priority: content: { _type = "order"; inherit priority content; };

  # The plain values under properties. What stands under a condition is looked at only if `conditional` says so.
  bareValues =
    conditional: v:
    let
      t = propertyType v;
    in
    if t == "merge" then
      concatMap (bareValues conditional) v.contents
    else if t == "if" && !conditional then
      [ ]
    else if t != null then
      bareValues conditional v.content
    else
      [ v ];

  # An attribute set under properties as plain attribute sets with the properties on the attributes, so that their names are
  # known without the conditions.
  pushDown =
    v:
    let
      t = propertyType v;
      under = f: map (mapAttrs (_: f)) (pushDown v.content);
    in
    if t == "merge" then
      concatMap pushDown v.contents
    else if t == "if" then
      under (mkIf v.condition)
    else if t == "override" then
      under (mkOverride v.priority)
    else if t == "order" then
      under (mkOrder v.priority)
    else
      [ v ];

  pushDownDefinitions = loc: defs: concatMap (def: map (value: def // { value = mustBeAttrs loc def.file value; }) (pushDown def.value)) defs;
  mustBeAttrs =
    loc: file: v:
    if isAttrs v then v else throw "`${showOption loc}' in `${file}' is a ${builtins.typeOf v}, but it holds other options";

  discharge =
    loc: def:
    let
      t = propertyType def.value;
    in
    if t == "merge" then
      concatMap (value: discharge loc (def // { inherit value; })) def.value.contents
    else if t == "if" then
      if !isBool def.value.condition then
        throw "`mkIf' for `${showOption loc}' in `${def.file}' has a condition that is no boolean"
      else if def.value.condition then
        discharge loc (def // { value = def.value.content; })
      else
        [ ]
    else
      [ def ];

  # What remains of the definitions: conditions met, highest priority only, in order.
  evalDefinitions =
    loc: defs:
    let
      discharged = concatMap (discharge loc) defs;
      priorityOf = def: if propertyType def.value == "override" then def.value.priority else 100;
      highest = foldl' (best: def: lib.min best (priorityOf def)) 9999 discharged;
      winning = filter (def: priorityOf def == highest) discharged;
      bare = map (def: if propertyType def.value == "override" then def // { value = def.value.content; } else def) winning;
      # A property may stand inside the override as well.
      inner = if any (def: propertyType def.value != null && propertyType def.value != "order") bare then evalDefinitions loc bare else bare;
      orderOf = def: if propertyType def.value == "order" then def.value.priority else 1000;
      unordered = def: if propertyType def.value == "order" then def // { value = def.value.content; } else def;
    in
    if any (def: propertyType def.value == "order") inner then
      map unordered (sort (a: b: orderOf a < orderOf b) inner)
    else
      inner;

  isPlainAttrs = v: isAttrs v && !(v ? _type || v ? __functor || v ? outPath || v.type or null == "derivation");

  conflict =
    loc: defs:
    throw "The option `${showOption loc}' has conflicting definition values:${
      lib.concatMapStrings (def: "\n- In `${def.file}': ${showValue def.value}") defs
    }";
  showValue =
    v:
    if isBool v || isString v || builtins.isInt v || v == null then builtins.toJSON v else "a ${builtins.typeOf v}";

  # Options of type `lines`, by their names: this stub has no declarations to look into.
  isLinesName = name: any (suffix: lib.hasSuffix suffix name) [ "Init" "Config" "Rules" "Commands" "extraHosts" "Settings" ] || lib.hasPrefix "extra" name;

  # Merges definitions of an undeclared option by their shape.
  mergeFree =
    loc: defs:
    let
      kept = evalDefinitions loc defs;
      values = map (def: def.value) kept;
      items = def: concatMap (item: if propertyType item == null then [ item ] else map (d: d.value) (discharge loc (def // { value = item; }))) def.value;
    in
    if kept == [ ] then
      throw "The option `${showOption loc}' was accessed but has no value defined"
    else if all isList values then
      concatMap items kept
    else if all isPlainAttrs values then
      nodeValue (branch { } loc [ ] kept)
    else if all (v: v == head values) (tail values) then
      head values
    else if all isString values && isLinesName (lib.last loc) then
      lib.concatStringsSep "\n" values
    else
      conflict loc kept;

  # The tree of options: a branch holds children, a leaf holds a value. `unset` is a tree of names that configurations read
  # though nobody sets them, for NixOS would declare them.
  node =
    unset: loc: decls: defs:
    let
      options = filter (d: isOption d.value) decls;
      bare = bareOf loc defs;
    in
    if options != [ ] then
      optionLeaf loc options defs
    else if decls != [ ] || (bare != [ ] && all isPlainAttrs bare) || (defs == [ ] && unset != { }) then
      branch unset loc decls defs
    else if defs == [ ] then
      {
        declared = false;
        isDefined = false;
        isSet = false;
        value = unsetValue (lib.last loc);
      }
    else
      {
        declared = false;
        isDefined = evalDefinitions loc defs != [ ];
        isSet = true;
        value = mergeFree loc defs;
      };

  # The values that tell the shape of an undeclared option. NixOS has no options, only groups of them, near the root: there
  # conditions must wait until the option is reached. Deeper, a condition comes first, as what it guards may not evaluate
  # without it.
  bareOf =
    loc: defs:
    let
      free = concatMap (def: bareValues false def.value) defs;
    in
    if free != [ ] then
      free
    else if length loc <= 2 then
      concatMap (def: bareValues true def.value) defs
    else
      concatMap (def: bareValues false def.value) (evalDefinitions loc defs);

  # A guess at what NixOS has as default.
  unsetValue =
    name:
    if name == "enable" || lib.hasPrefix "enable" name then
      false
    else if elem name [ "order" "port" "uid" "gid" ] then
      0
    else
      "";

  branch =
    unset: loc: decls: defs:
    let
      byName = entries: zipAttrsWith (_: vs: vs) (map (e: mapAttrs (_: value: e // { inherit value; }) e.value) entries);
      declsOf = byName decls;
      defsOf = byName (pushDownDefinitions loc defs);
    in
    {
      declared = decls != [ ];
      children = mapAttrs (name: _: node (unset.${name} or { }) (loc ++ [ name ]) (declsOf.${name} or [ ]) (defsOf.${name} or [ ])) (unset // declsOf // defsOf);
    };

  optionLeaf =
    loc: decls: defs:
    let
      option = foldl' (a: d: a // d.value) { } decls;
      twice = length (filter (d: d.value ? type || d.value ? default) decls) > 1;
      type = option.type or lib.types.unspecified;
      default = lib.optional (option ? default) {
        file = (head decls).file;
        value = lib.mkOptionDefault option.default;
      };
      merged = mergeTyped loc type (default ++ defs);
      readOnly = option.readOnly or false && length defs > (if option ? default then 0 else 1);
    in
    if twice then
      throw "The option `${showOption loc}' in `${(head decls).file}' is already declared in ${lib.showFiles (map (d: d.file) (tail decls))}"
    else if readOnly then
      throw "The option `${showOption loc}' is read-only, but it's set multiple times"
    else
      rec {
        declared = true;
        inherit option;
        isDefined = merged.isDefined;
        isSet = defs != [ ];
        definitions = map (def: def.value) (evalDefinitions loc defs);
        value = (option.apply or (v: v)) merged.value;
      };

  # Definitions merged as a type says.
  mergeTyped =
    loc: type: defs:
    let
      kept = evalDefinitions loc defs;
      wrong = filter (def: !type.check def.value) kept;
    in
    {
      isDefined = kept != [ ];
      value =
        if kept == [ ] then
          type.emptyValue.value or (throw "The option `${showOption loc}' was accessed but has no value defined. Try setting the option.")
        else if wrong != [ ] then
          throw "A definition for option `${showOption loc}' is not of type `${type.name}'. Definition values:\n- In `${(head wrong).file}': ${showValue (head wrong).value}"
        else
          type.merge loc kept;
    };

  nodeValue = n: if n ? children then mapAttrs (_: nodeValue) n.children else n.value;

  # The declared part of the tree, as the module argument `options` shows it.
  nodeOptions =
    n:
    if n ? children then
      mapAttrs (_: nodeOptions) (lib.filterAttrs (_: c: c.declared) n.children)
    else
      n.option // { inherit (n) value isDefined definitions; };

  moduleAttrs = [ "_class" "_file" "key" "disabledModules" "imports" "options" "config" "meta" "freeformType" ];

  # A module in its long form.
  unify =
    file: key: m:
    let
      stray = attrNames (removeAttrs m moduleAttrs);
      long = m ? config || m ? options;
    in
    if long && stray != [ ] then
      throw "Module `${key}' has an unsupported attribute `${head stray}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them into the explicit `config' attribute."
    else
      {
        _file = toString (m._file or file);
        key = toString (m.key or key);
        imports = m.imports or [ ];
        disabledModules = m.disabledModules or [ ];
        options = m.options or { };
        config = if long then m.config or { } else removeAttrs m [ "_class" "_file" "key" "disabledModules" "imports" "freeformType" ];
      };

  evalModules =
    given@{
      modules,
      specialArgs ? { },
      prefix ? [ ],
      class ? null,
      # What may be read without being set; of this stub only.
      unset ? { },
      ...
    }:
    let
      args = {
        inherit lib config options specialArgs;
        _class = class;
        _prefix = prefix;
      } // specialArgs;

      call =
        key: f:
        f (
          args
          // mapAttrs (
            name: _: builtins.addErrorContext "while evaluating the module argument `${name}' in `${key}':" (args.${name} or config._module.args.${name})
          ) (lib.functionArgs f)
        );

      load =
        parentFile: anonKey: m:
        if lib.isFunction m then
          load parentFile anonKey (call anonKey m)
        else if isAttrs m && elem (m._type or null) propertyTypes then
          unify parentFile anonKey { config = m; }
        else if isAttrs m && m ? _type then
          throw "Expected a module in `${parentFile}', but found a value of type `${m._type}'"
        else if isAttrs m then
          unify parentFile anonKey m
        else if isList m then
          throw "Module imports can't be nested lists. Perhaps you meant to remove one level of lists? In `${parentFile}'"
        else
          loadFile (toString m) (import m);
      loadFile = file: content: unify file file (if lib.isFunction content then call file content else content);

      collect =
        parentFile: parentKey: ms:
        lib.imap1 (
          n: m:
          let
            module = load parentFile "${parentKey}:anon-${toString n}" m;
          in
          {
            inherit (module) key;
            inherit module;
            imports = collect module._file module.key module.imports;
          }
        ) ms;

      startSet = collect "<unknown-file>" "" (modules ++ [ internalModule ]);
      everything = builtins.genericClosure {
        inherit startSet;
        operator = entry: entry.imports;
      };
      modulesPath = toString (specialArgs.modulesPath or "");
      disabledKeys = concatMap (
        entry: map (m: if isString m && !(lib.hasPrefix "/" m) then "${modulesPath}/${m}" else toString (m.key or m)) entry.module.disabledModules
      ) everything;
      enabled = filter (entry: !elem entry.key disabledKeys);
      closure =
        if disabledKeys == [ ] then
          everything
        else
          builtins.genericClosure {
            startSet = enabled startSet;
            operator = entry: enabled entry.imports;
          };
      # Imports come before what imports them.
      ordered = lib.reverseList (map (entry: entry.module) closure);

      internalModule = {
        _file = "lib/modules.nix";
        key = "lib/modules.nix";
        options._module = {
          args = lib.mkOption {
            type = lib.types.lazyAttrsOf lib.types.raw;
            default = { };
          };
          check = lib.mkOption { type = lib.types.bool; default = true; };
          freeformType = lib.mkOption { type = lib.types.raw; default = null; };
        };
        config._module.args.extendModules = extendModules;
        config._module.args.moduleType = lib.types.deferredModule;
      };

      root = branch unset prefix (map (m: { file = m._file; value = m.options; }) ordered) (map (m: { file = m._file; value = m.config; }) ordered);
      config = nodeValue root;
      options = nodeOptions root;
      extendModules =
        more:
        evalModules (
          given
          // {
            modules = modules ++ more.modules or [ ];
            specialArgs = specialArgs // more.specialArgs or { };
          }
        );
    in
    {
      _type = "configuration";
      inherit class extendModules options;
      config = removeAttrs config [ "_module" ];
      _module = config._module;
      type = lib.types.submoduleWith { inherit modules specialArgs unset; };
      # For the harness: the tree behind `config`, the modules in the order in which they were met, and the arguments
      # every module sees.
      _inside = {
        inherit root;
        hidesPkgs = specialArgs ? pkgs;
        moduleKeys = map (entry: entry.key) closure;
        argument = name: args.${name} or config._module.args.${name};
      };
    };
in
{
  inherit evalModules mkIf mkMerge mkOverride mkOrder mergeFree mergeTyped pushDownDefinitions evalDefinitions conflict propertyType;
  mkForce = mkOverride 50;
  mkDefault = mkOverride 1000;
  mkOptionDefault = mkOverride 1500;
  mkVMOverride = mkOverride 10;
  mkImageMediaOverride = mkOverride 60;
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  mkAssert = ok: message: content: if ok then content else throw message;
  mkAliasDefinitions = option: mkIf option.isDefined option.value;
  mkRenamedOptionModule = _: _: { };
  mkRemovedOptionModule = _: _: { };
  setDefaultModuleLocation = file: m: { _file = file; imports = [ m ]; };
  importApply = file: arguments: lib.setDefaultModuleLocation file (import file arguments);
}
