# Option types: only those that decide how definitions are merged.
lib:
rec {
  types = {
    bool = optionType "bool" { };
    attrsOf = nested: optionType "attrsOf" { inherit nested; };
    lazyAttrsOf = types.attrsOf;
    listOf = nested: optionType "listOf" { inherit nested; };
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
}
