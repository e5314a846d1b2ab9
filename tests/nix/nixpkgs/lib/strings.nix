# Strings and paths as strings.
lib: rec {
  inherit (builtins)
    concatStringsSep
    fromTOML
    hashString
    isString
    match
    replaceStrings
    split
    splitVersion
    stringLength
    substring
    toJSON
    unsafeDiscardStringContext
    toString
    storeDir
    ;
  concatStrings = builtins.concatStringsSep "";
  concatMapStrings = f: xs: concatStrings (map f xs);
  concatMapStringsSep = sep: f: xs: builtins.concatStringsSep sep (map f xs);
  concatImapStringsSep = sep: f: xs: builtins.concatStringsSep sep (lib.imap1 f xs);
  concatMapAttrsStringSep = sep: f: set: builtins.concatStringsSep sep (lib.mapAttrsToList f set);
  concatLines = concatMapStrings (s: s + "\n");
  intersperse = sep: xs: lib.tail (lib.concatMap (x: [ sep x ]) xs);
  optionalString = cond: s: if cond then s else "";
  hasPrefix = p: s: builtins.substring 0 (builtins.stringLength p) (toString s) == p;
  hasSuffix =
    p: s:
    let
      n = builtins.stringLength s - builtins.stringLength p;
    in
    n >= 0 && builtins.substring n (-1) s == p;
  hasInfix = infix: s: builtins.replaceStrings [ infix ] [ "" ] s != s || infix == "";
  removePrefix = p: s: if hasPrefix p s then builtins.substring (builtins.stringLength p) (-1) s else s;
  removeSuffix = p: s: if hasSuffix p s then builtins.substring 0 (builtins.stringLength s - builtins.stringLength p) s else s;
  splitString = sep: s: builtins.filter builtins.isString (builtins.split (escapeRegex sep) (toString s));
  stringToCharacters = s: builtins.genList (n: builtins.substring n 1 s) (builtins.stringLength s);
  escape = chars: builtins.replaceStrings chars (map (c: "\\${c}") chars);
  escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
  escapeShellArg =
    s:
    let
      isPlain = builtins.match "[a-zA-Z0-9,._+:@%/-]+" (toString s) != null;
      quoted = builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString s);
    in
    if isPlain then toString s else "'${quoted}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  escapeNixString = s: builtins.toJSON s;
  upperChars = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  lowerChars = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  toLower = builtins.replaceStrings upperChars lowerChars;
  toUpper = builtins.replaceStrings lowerChars upperChars;
  toSentenceCase = s: toUpper (builtins.substring 0 1 s) + toLower (builtins.substring 1 (-1) s);
  trim = s: let m = builtins.match "[ \t\r\n]*(.*[^ \t\r\n])[ \t\r\n]*" s; in if m == null then "" else builtins.head m;
  fixedWidthString = width: fill: s: if builtins.stringLength s >= width then s else fixedWidthString width fill (fill + s);
  fixedWidthNumber = width: n: fixedWidthString width "0" (toString n);
  toInt = s: let v = builtins.fromJSON s; in if builtins.isInt v then v else throw "toInt: `${s}' is no integer";
  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !versionOlder a b;
  getName = p: if builtins.isString p then (builtins.parseDrvName p).name else p.pname or (builtins.parseDrvName p.name).name;
  getVersion = p: p.version or (builtins.parseDrvName p.name).version;
  makeBinPath = makeSearchPath "bin";
  makeLibraryPath = makeSearchPath "lib";
  makeSearchPath = sub: ps: builtins.concatStringsSep ":" (map (p: "${p}/${sub}") ps);
  isStorePath = p: hasPrefix builtins.storeDir (toString p);
  isConvertibleWithToString = v: builtins.isString v || builtins.isInt v || builtins.isPath v || v ? outPath;
  commonPrefixLength = a: b: builtins.length (lib.filter (n: builtins.substring 0 n a == builtins.substring 0 n b) (lib.range 1 (builtins.stringLength a)));
  nameFromURL = url: sep: builtins.head (splitString sep (lib.last (splitString "/" url)));
  mkKeyValue = k: v: "${k}=${toString v}";
}
