# A framework that flakes are built with, in the words of nixfix's own adapter: the real Nix says that the adapter is right
# Nix and what the hosts come to with it. Whether the framework does what the adapter says, it cannot tell.
{
  lib,
  framework,
  name,
  flake,
}:
let
  file =
    {
      clan-core = "clan";
      "snowfallorg/lib" = "snowfall-lib";
    }
    .${framework} or framework;
  # What the adapters have of nixfix beyond Nix.
  own = {
    listsDirectories = _: value: value;
    declaresInputs = _: value: value;
    inputOf = flake: input: otherwise: flake.inputs.${input} or otherwise;
    # Fits where an overlay is wanted, and does nothing.
    notFollowed = what: {
      notFollowed = what;
      __functor = _: _: _: { };
    };
    pathBelow = root: path: lib.removePrefix (toString root) (toString path);
    listFilesRecursive = lib.filesystem.listFilesRecursive;
    evalModules =
      { modules, ... }@given:
      let
        evaluated = lib.evalModules (given // { modules = map undeclared modules; });
      in
      evaluated
      // {
        _module = evaluated._module // {
          specialArgs = given.specialArgs or { };
        };
      };
  };
  # The module system declares `_module.args` itself; an adapter says it for nixfix's own.
  undeclared =
    module:
    if builtins.isFunction module then
      lib.setFunctionArgs (arguments: undeclared (module arguments)) (builtins.functionArgs module)
    else if builtins.isAttrs module && module ? options._module then
      module // { options = removeAttrs module.options [ "_module" ]; }
    else
      module;
  natives = builtins // own;
in
scopedImport { builtins = natives; } ../../../src/eval/frameworks/${file + ".nix"} {
  lib = lib // own;
  inherit flake;
}
