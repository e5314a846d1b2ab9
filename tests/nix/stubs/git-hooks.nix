# git-hooks.nix: the options of a hook, `lib.<system>.run`, and the settings that its module of flake-parts has.
{ nixpkgs }:
let
  inherit (nixpkgs) lib;
  option = type: default: lib.mkOption { inherit type default; };

  hookOptions =
    name: with lib.types; {
      enable = option bool false;
      id = option str name;
      name = option str name;
      description = option str "";
      package = option (nullOr package) null;
      extraPackages = option (listOf package) [ ];
      entry = lib.mkOption { type = str; };
      language = option str "system";
      files = option str "";
      types = option (listOf str) [ "file" ];
      types_or = option (listOf str) [ ];
      excludes = option (listOf str) [ ];
      exclude_types = option (listOf str) [ ];
      pass_filenames = option bool true;
      fail_fast = option bool false;
      require_serial = option bool false;
      stages = option (listOf str) [ "pre-commit" ];
      verbose = option bool false;
      always_run = option bool false;
      args = option (listOf str) [ ];
      before = option (listOf str) [ ];
      after = option (listOf str) [ ];
    };

  # This stub of the module system takes options that nobody declares; here they are an error, as in the real one.
  knownOnly =
    name: hook:
    let
      stray = lib.attrNames (removeAttrs hook (lib.attrNames (hookOptions name)));
    in
    if stray == [ ] then hook else throw "The option `hooks.${name}.${lib.head stray}' does not exist";

  settings = {
    options.hooks = lib.mkOption {
      type = lib.types.attrsOf (lib.types.submodule ({ name, ... }: { options = hookOptions name; }));
      default = { };
      apply = lib.mapAttrs knownOnly;
    };
  };

  run =
    system:
    {
      imports ? [ ],
      ...
    }@given:
    let
      pkgs = nixpkgs.legacyPackages.${system};
      project = lib.evalModules {
        modules = [
          settings
          { _module.args.pkgs = pkgs; }
          { config = removeAttrs given [ "imports" ]; }
        ] ++ imports;
      };
    in
    pkgs.runCommand "pre-commit-run" { } "pre-commit run --all-files" // {
      inherit (project) config;
      shellHook = "pre-commit install";
    };
in
{
  inherit settings;
  lib = lib.genAttrs lib.systems.flakeExposed (system: { run = run system; });
}
