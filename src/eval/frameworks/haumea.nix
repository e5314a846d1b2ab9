# haumea: a directory of Nix files as a set of what they give, each called with those inputs that its formals name.
{ lib, ... }:
let
  inherit (builtins) isFunction mapAttrs readDir;

  # `_x` is seen inside its directory alone, `__x` in the whole tree alone: neither from outside.
  isPublic = name: !(lib.hasPrefix "_" name);

  calledWith =
    importer: inputs: path:
    let
      content = importer path;
    in
    if isFunction content then content (mapAttrs (name: _: inputs.${name}) (lib.functionArgs content)) else content;

  loaders = {
    default = calledWith import;
    verbatim = _: import;
    path = _: path: path;
  };

  load =
    {
      src,
      loader ? loaders.default,
      inputs ? { },
      transformer ? [ ],
    }:
    let
      transformed = cursor: value: lib.pipe value (map (step: step cursor) (lib.flatten [ transformer ]));
      inside = builtins.notFollowed "what a file sees of its own tree";
      visible = inputs // {
        self = inside;
        super = inside;
        root = inside;
      };
      entries = directory: lib.filterAttrs (name: _: isPublic name) (readDir directory);
      view =
        cursor: directory:
        transformed cursor (
          lib.concatMapAttrs (
            name: type:
            if type == "directory" then
              { ${name} = view (cursor ++ [ name ]) (directory + "/${name}"); }
            else
              lib.optionalAttrs (lib.hasSuffix ".nix" name) {
                ${lib.removeSuffix ".nix" name} = loader visible (directory + "/${name}");
              }
          ) (entries directory)
        );
    in
    if isFunction loader then view [ ] src else builtins.notFollowed "haumea's matchers are not followed";
in
{
  lib = {
    inherit load loaders;
    transformers.liftDefault = _: set: removeAttrs set [ "default" ] // (set.default or { });
  };
}
