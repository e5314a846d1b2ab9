# What Nix makes of expressions. $NIXFIX_SPEC names the file that lists them:
#
#   { "lib": "/.../lib", "main": "main.nix", "roots": [ "/tmp/.../0", "/tmp/.../1" ] }
#
# Each is a function of `{ lib }` in the file `main` below its root. One answer per expression, in order, each traced as a line
# of its own like those of ./evaluate.nix.
let
  spec = builtins.fromJSON (builtins.readFile (builtins.getEnv "NIXFIX_SPEC"));
  lib = import spec.lib;
  render =
    value:
    if builtins.isPath value then
      { _path = toString value; }
    else if builtins.isFunction value then
      { _function = true; }
    else if builtins.isList value then
      map render value
    else if builtins.isAttrs value then
      builtins.mapAttrs (_: render) value
    else
      value;
  answer = root: render (import (root + "/${spec.main}") { inherit lib; });
in
builtins.foldl' (
  done: root: builtins.trace "answer ${builtins.toJSON (answer root)}" (done + 1)
) 0 spec.roots
