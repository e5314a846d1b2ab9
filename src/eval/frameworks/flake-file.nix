# flake-file: writes the flake.nix, with the inputs that modules declare. Its own modules add inputs and packages, never hosts.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  inputs.options.flake-file = {
    inputs = mkOption {
      type = types.lazyAttrsOf types.anything;
      default = { };
    };
    description = mkOption {
      type = types.str;
      default = "";
    };
    outputs = mkOption {
      type = types.str;
      default = "dendritic";
    };
  };
in
{
  flakeModules = lib.genAttrs [
    "allfollow"
    "default"
    "dendritic"
    "flake"
    "import-tree"
    "nix-auto-follow"
  ] (name: inputs // { key = "flake-file"; });
}
