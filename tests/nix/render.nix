# Values as JSON: the same for two copies of a repository in different places, and finite.
{ lib, root }:
let
  storeParts = builtins.split "${builtins.storeDir}/[a-z0-9]{32}-";
  text =
    s:
    let
      here = builtins.replaceStrings [ root ] [ "<repo>" ] (builtins.unsafeDiscardStringContext s);
    in
    if lib.hasInfix builtins.storeDir here then
      lib.concatMapStrings (part: if builtins.isString part then part else "<store>/") (storeParts here)
    else
      here;

  value = valueAt 0;
  valueAt =
    depth: v:
    if depth > 16 then
      "<deep>"
    else if builtins.isString v then
      text v
    else if builtins.isPath v then
      text (toString v)
    else if builtins.isFunction v then
      "<fn>"
    else if builtins.isList v then
      map (valueAt (depth + 1)) v
    else if !builtins.isAttrs v then
      v
    else if lib.isDerivation v then
      text v.outPath
    else if v ? _type then
      "<${v._type}${lib.optionalString (v ? stubName) " ${v.stubName}"}>"
    else if v ? __functor then
      "<fn>"
    else if v ? outPath then
      text (toString v.outPath)
    else
      lib.mapAttrs (_: valueAt (depth + 1)) v;

  # The options that somebody sets, by their dotted path.
  options =
    skip: root:
    let
      walk =
        path: node:
        let
          name = lib.concatStringsSep "." path;
        in
        if lib.elem name skip then
          [ ]
        else if node ? children then
          lib.concatLists (lib.mapAttrsToList (n: walk (path ++ [ n ])) node.children)
        else if node.isSet && node.isDefined then
          [ (lib.nameValuePair name (value node.value)) ]
        else
          [ ];
    in
    lib.listToAttrs (walk [ ] root);

  # An overlay by the names it defines and the files where their definitions stand.
  overlay = layer: {
    names = lib.attrNames layer;
    files = lib.unique (
      lib.concatMap (
        name:
        let
          place = builtins.unsafeGetAttrPos name layer;
        in
        lib.optional (place != null) (text place.file)
      ) (lib.attrNames layer)
    );
  };
in
{
  inherit text value options overlay;
}
