{ lib }:
directory: f:
lib.filterAttrs (name: value: value != null) (
  lib.mapAttrs' (
    name: type:
    if type == "directory" && builtins.pathExists "${toString directory}/${name}/default.nix" then
      lib.nameValuePair name (f "${toString directory}/${name}")
    else
      lib.nameValuePair "" null
  ) (builtins.readDir directory)
)
