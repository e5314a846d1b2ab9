# What the hosts of many repositories come to, as JSON. $NIXFIX_SPEC names the file that says which:
#
#   { "cases": { "case0": { "packages": [["git"]], "inputs": { "disko": [["nixosModules", "disko"]] },
#                          "options": [["services", "fwupd", "enable"]] } },
#     "runs": [ { "case": "case0", "root": "/tmp/...", "flake": "", "ask": "all" | "names" | ["nixos", "carbon"] } ] }
#
# One answer per run, in order: { hosts, homes } by name, or the names alone. Each is traced as a line of its own before the
# next run is looked at: Nix stops at the first error it cannot catch, and what was answered until then stays.
let
  lib = import ./nixpkgs/lib;
  spec = lib.importJSON (builtins.getEnv "NIXFIX_SPEC");

  answer =
    run:
    let
      flake = import ./call-flake.nix {
        inherit (run) root;
        directory = run.flake;
        caseName = run.case;
        inputPaths = spec.cases.${run.case}.inputs;
        optionPaths = spec.cases.${run.case}.options;
      };
      render = import ./render.nix { inherit lib; inherit (run) root; };
      all = {
        hosts = flake.outputs.nixosConfigurations or { };
        homes = flake.outputs.homeConfigurations or { };
      };
      describe = {
        hosts = lib.mapAttrs (host render);
        homes = lib.mapAttrs (home render);
      };
      only = kind: lib.optionalAttrs (kind == lib.head run.ask) (lib.getAttrs [ (lib.last run.ask) ] all.${kind});
    in
    if run.ask == "names" then
      lib.mapAttrs (_: lib.attrNames) all
    else
      lib.mapAttrs (kind: set: describe.${kind} (if run.ask == "all" then set else only kind)) all;

  host =
    render: name: system:
    let
      # What the modules see; `pkgs` of the configuration differs from it with `specialArgs.pkgs`.
      modulePkgs = system._inside.argument "pkgs";
      failed = lib.filter (a: !a.assertion) system.config.assertions;
    in
    builtins.addErrorContext "while evaluating host `${name}':" (
      if failed != [ ] then
        throw "Failed assertions:${lib.concatMapStrings (a: "\n- ${a.message}") failed}"
      else
        {
          platform = modulePkgs.stdenv.hostPlatform.system;
          nixpkgs = modulePkgs.stubInput;
          overlays = map render.overlay modulePkgs.stubLayers;
          llama = llamaPackages render modulePkgs;
          # What `nixosConfigurations.<host>.pkgs` shows, unless the modules are given another `pkgs`.
          llama_outside = if system._inside.hidesPkgs then null else llamaPackages render system.pkgs;
          system_packages = map render.value system.config.environment.systemPackages;
          modules = map render.text system._inside.moduleKeys;
          options = render.options [ "_module" "environment.systemPackages" "nixpkgs.overlays" "home-manager.extraSpecialArgs" ] system._inside.root;
        }
    );

  home =
    render: name: configuration:
    builtins.addErrorContext "while evaluating home `${name}':" {
      packages = map render.value configuration.config.home.packages;
      llama = llamaPackages render configuration.pkgs;
      options = render.options [ "_module" "home.packages" "nixpkgs.overlays" ] configuration._inside.root;
    };

  llamaPackages =
    render: pkgs:
    lib.mapAttrs (_: render.value) (lib.filterAttrs (name: _: lib.hasPrefix "llama-cpp" name) pkgs);
in
lib.foldl' (done: run: builtins.trace "answer ${builtins.toJSON (answer run)}" (done + 1)) 0 spec.runs
