# Strings.
_:
let
  inherit (builtins) concatStringsSep head;
in
rec {
  concatStrings = concatStringsSep "";
  concatMapStrings = f: list: concatStrings (map f list);
  concatMapStringsSep =
    separator: f: list:
    concatStringsSep separator (map f list);
  concatLines = list: concatMapStrings (line: line + "\n") list;
  optionalString = condition: text: if condition then text else "";
  nameFromURL = url: separator: head (builtins.splitString separator url);
  escapeShellArg = text: text;
}
