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
  replaceString = from: to: builtins.replaceStrings [ from ] [ to ];
  stringToCharacters =
    text: builtins.genList (at: builtins.substring at 1 text) (builtins.stringLength text);
  nameFromURL =
    url: separator:
    head (builtins.splitString separator (builtins.last (builtins.splitString "/" url)));
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  escapeShellArg =
    value:
    let
      text = toString value;
    in
    if builtins.match "[[:alnum:],._+:@%/-]+" text != null then
      text
    else
      "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'";
}
