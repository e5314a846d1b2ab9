# Packages that cannot be built: attribute sets that look like derivations. Their `outPath` tells where they come from and
# what was overridden: /stub/<input>/<system>/<attribute>[.override{...}].
lib:
let
  show =
    v:
    if builtins.isFunction v then
      "<fn>"
    else if lib.isDerivation v then
      v.name
    else if builtins.isAttrs v && v ? _type then
      "<${v._type}>"
    else if builtins.isAttrs v then
      "{${lib.concatStringsSep ";" (lib.mapAttrsToList (n: x: "${n}=${show x}") v)}}"
    else if builtins.isList v then
      "[${lib.concatMapStringsSep " " show v}]"
    else if builtins.isPath v then
      "<path ${baseNameOf v}>"
    else
      builtins.toJSON v;

  mkDerivation =
    {
      id,
      system,
      attrs ? { },
    }:
    let
      again = suffix: more: mkDerivation { id = id + suffix; inherit system; attrs = attrs // more; };
      self = {
        type = "derivation";
        name = baseNameOf id;
        pname = baseNameOf id;
        version = "1.0";
        outPath = "/stub/${id}";
        drvPath = "/stub/${id}.drv";
        outputName = "out";
        outputs = [ "out" ];
        out = self;
        dev = self;
        lib = self;
        bin = self;
        man = self;
        inherit system;
        src = "/stub/${id}/src";
        passthru = { };
        patches = [ ];
        buildInputs = [ ];
        nativeBuildInputs = [ ];
        cmakeFlags = [ ];
        meta = {
          mainProgram = baseNameOf id;
          license.free = true;
        };
        override = f: again ".override${show (if builtins.isFunction f then f { } else f)}" { };
        overrideAttrs =
          f:
          let
            new = if !builtins.isFunction f then f else callOverride f self;
          in
          again ".overrideAttrs${show new}" new;
        # Package functions such as `wrapPackage` or `python3.withPackages` are found by name; any argument is as good.
        withPackages = f: again ".withPackages" { };
        __toString = _: self.outPath;
      } // attrs;
    in
    self;

  # Both forms: `old: { }` and `finalAttrs: previousAttrs: { }`.
  callOverride =
    f: old:
    let
      once = f old;
    in
    if builtins.isFunction once then once old else once;
in
mkDerivation
