# Option declarations.
lib: {
  isOption = v: v._type or null == "option";
  mkOption = attrs: attrs // { _type = "option"; };
  mkEnableOption =
    name:
    lib.mkOption {
      default = false;
      description = "Whether to enable ${if builtins.isString name then name else "it"}.";
      type = lib.types.bool;
    };
  mkPackageOption =
    pkgs: name: attrs:
    lib.mkOption (
      {
        type = lib.types.package;
      }
      // (
        if attrs ? default && attrs.default == null then
          { default = null; }
        else
          { default = lib.getAttrFromPath (lib.toList (attrs.default or name)) pkgs; }
      )
    );
  mkSinkUndeclaredOptions = attrs: lib.mkOption ({ type = lib.types.raw; } // attrs);
  literalExpression = text: {
    _type = "literalExpression";
    inherit text;
  };
  literalMD = text: {
    _type = "literalMD";
    inherit text;
  };
  literalExample = text: text;
  mdDoc = text: text;
  showOption = builtins.concatStringsSep ".";
  showFiles = files: builtins.concatStringsSep " and " (map (f: "`${toString f}'") files);
}
