# What Nix makes of many flakes that differ in style only: `outputs` is called with all declared inputs, as Nix would.
# $NIXFIX_SPEC names the file that lists their directories:
#
#   { "cases": { }, "roots": [ "/tmp/.../0", "/tmp/.../1" ] }
#
# One answer per flake, in order, each traced as a line of its own like those of ./evaluate.nix.
let
  lib = import ./nixpkgs/lib;
  spec = lib.importJSON (builtins.getEnv "NIXFIX_SPEC");
  answer =
    root:
    let
      called = import ./call-flake.nix {
        inherit root;
        directory = "";
        # All share the one stub of nixpkgs.
        caseName = "case0";
        inputPaths = { };
        optionPaths = [ ];
      };
      source = import (root + "/flake.nix");
      pkgs = host: host._inside.argument "pkgs";
    in
    {
      input = source.inputs.llama-cpp or null;
      hosts = lib.mapAttrs (_: host: {
        overlays = map lib.attrNames (pkgs host).stubLayers;
        packages = map (package: package.outPath) host.config.environment.systemPackages;
      }) called.outputs.nixosConfigurations;
    };
in
lib.foldl' (done: root: builtins.trace "answer ${builtins.toJSON (answer root)}" (done + 1)) 0 spec.roots
