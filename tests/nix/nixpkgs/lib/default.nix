# The part of nixpkgs' `lib` that config repositories use. Every function is found both at the top and in its
# section (`lib.mkIf`, `lib.modules.mkIf`), as in nixpkgs.
let
  sections = lib: {
    trivial = import ./trivial.nix lib;
    customisation = import ./customisation.nix lib;
    fixedPoints = import ./fixed-points.nix lib;
    attrsets = import ./attrsets.nix lib;
    lists = import ./lists.nix lib;
    strings = import ./strings.nix lib;
    filesystem = import ./filesystem.nix lib;
    options = import ./options.nix lib;
    modules = import ./modules.nix lib;
    types = import ./types.nix lib;
    systems = import ./systems.nix lib;
    meta = import ./meta.nix lib;
  };

  # `types` and `systems` stay in their section.
  flat = s: s.trivial // s.customisation // s.fixedPoints // s.attrsets // s.lists // s.strings // s.options // s.modules // s.meta;

  extendable =
    rattrs:
    let
      self = rattrs self // {
        extend = f: extendable ((import ./fixed-points.nix self).extends f rattrs);
      };
    in
    self;
in
extendable (
  lib:
  let
    s = sections lib;
  in
  flat s
  // s
  // {
    # nixpkgs has no such mark; it keeps the renderer from walking all of `lib`.
    _type = "lib";
    cleanSource = src: src;
    cleanSourceWith = { src, ... }: src;
    sourceByRegex = src: _: src;
    inherit (s.filesystem) pathIsDirectory pathIsRegularFile packagesFromDirectoryRecursive;
    sources = { inherit (lib) cleanSource cleanSourceWith sourceByRegex; };
    gvariant = {
      mkTuple = x: x;
      mkUint32 = x: x;
      mkUint64 = x: x;
      mkInt32 = x: x;
      mkDouble = x: x;
    };
    generators = {
      toINI = _: builtins.toJSON;
      toKeyValue = _: builtins.toJSON;
      toLua = _: builtins.toJSON;
      toYAML = _: builtins.toJSON;
      toJSON = _: builtins.toJSON;
      mkKeyValueDefault = _: sep: k: v: "${k}${sep}${builtins.toJSON v}";
    };
    maintainers = { };
    path.append = root: subpath: root + "/${subpath}";
  }
)
