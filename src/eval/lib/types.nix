# Option types: only those that decide how definitions are merged.
lib:
rec {
  types = {
    bool = optionType "bool" { };
    anything = optionType "anything" { };
    attrsOf = nested: optionType "attrsOf" { inherit nested; };
    lazyAttrsOf = nested: optionType "lazyAttrsOf" { inherit nested; };
    attrsWith =
      {
        elemType,
        lazy ? false,
        ...
      }:
      if lazy then types.lazyAttrsOf elemType else types.attrsOf elemType;
    listOf = nested: optionType "listOf" { inherit nested; };
    nonEmptyListOf = types.listOf;
    uniq = nested: nested;
    unique = _: nested: nested;
    addCheck = nested: _: nested;
    either = one: other: optionType "either" { either = [ one other ]; };
    oneOf = either: optionType "either" { inherit either; };
    coercedTo = _: _: _: optionType "coercedTo" { };
    nullOr = nested: optionType "nullOr" { inherit nested; };
    submodule =
      module:
      optionType "submodule" {
        modules = lib.toList module;
        shorthand = true;
      };
    submoduleWith =
      {
        modules,
        specialArgs ? { },
        shorthandOnlyDefinesConfig ? false,
        ...
      }:
      optionType "submodule" {
        inherit modules;
        special = specialArgs;
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
}
