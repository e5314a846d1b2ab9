# What nixfix's own flake gives, over the stub of nixpkgs, and what the flake of its template gives over that.
# $NIXFIX_SPEC names the file that says where it lies:
#
#   { "cases": { "case0": { "packages": [["clippy"]] } }, "root": "/tmp/.../nixfix" }
#
# One answer, traced like those of ./evaluate.nix.
let
  lib = import ./nixpkgs/lib;
  spec = lib.importJSON (builtins.getEnv "NIXFIX_SPEC");

  call =
    root: overrides:
    import ./call-flake.nix {
      inherit root overrides;
      directory = "";
      caseName = "case0";
      inputPaths = { };
      optionPaths = [ ];
    };

  # Builders that keep what they are given, so that all of it can be asked for.
  keeping =
    final: prev:
    let
      rustPackage =
        arguments:
        prev.rustPlatform.buildRustPackage arguments
        // {
          inherit arguments;
          overrideAttrs = f: rustPackage (arguments // f ({ nativeBuildInputs = [ ]; } // arguments));
        };
    in
    {
      rustPlatform.buildRustPackage = rustPackage;
      mkShell = arguments: prev.mkShell arguments // { inherit arguments; };
      runCommand = name: arguments: text: prev.runCommand name arguments text // { inherit arguments; };
    };
  stub = (call spec.root { }).inputs.nixpkgs;
  nixpkgs = stub // {
    legacyPackages = lib.mapAttrs (_: pkgs: pkgs.extend keeping) stub.legacyPackages;
  };
  gitHooks = import ./stubs/git-hooks.nix { inherit nixpkgs; };

  own = (call spec.root { inherit nixpkgs; }).outputs;
  template = own.templates.default;
  starter = (call (toString template.path) { inherit nixpkgs; nixfix = own // { outPath = spec.root; }; git-hooks = gitHooks // { outPath = "/stub/source/git-hooks"; }; }).outputs;

  names = map (package: package.pname);
  rustPackage = package: {
    inherit (package) pname version;
    inherit (package.meta) description mainProgram;
    licences = map (licence: licence.shortName) package.meta.license;
    source = lib.pathExists (package.arguments.src + "/Cargo.toml");
    lock = lib.pathExists package.arguments.cargoLock.lockFile;
    testedWith = names package.arguments.nativeCheckInputs;
  };
  every = lib.mapAttrs (_: lib.mapAttrs (_: rustPackage));

  hook = hooks: removeAttrs hooks.nixfix [ "package" ] // { package = hooks.nixfix.package.pname; };
  # As flake-parts and the module of git-hooks.nix put them together.
  perSystem =
    system:
    let
      parts = lib.evalModules {
        modules = [
          own.flakeModules.default
          { options.perSystem = lib.mkOption { type = lib.types.deferredModule; }; }
        ];
      };
      settings = lib.types.submoduleWith {
        modules = [ gitHooks.settings ];
        specialArgs.pkgs = nixpkgs.legacyPackages.${system};
      };
    in
    (lib.evalModules {
      modules = [
        parts.config.perSystem
        { options.pre-commit.settings = lib.mkOption { type = settings; }; }
        { pre-commit.settings.hooks.nixfix.args = [ "--recipe" "sops.toml" ]; }
      ];
    }).config.pre-commit.settings.hooks;
  carbon = starter.nixosConfigurations.carbon;
in
builtins.trace "answer ${builtins.toJSON {
  outputs = lib.attrNames own;
  packages = every own.packages;
  overlays = lib.mapAttrs (_: overlay: lib.mapAttrs (_: rustPackage) (overlay (nixpkgs.legacyPackages.x86_64-linux) { })) own.overlays;
  inherit (own) apps;
  devShells = lib.mapAttrs (_: lib.mapAttrs (_: shell: {
    inputsFrom = names shell.arguments.inputsFrom;
    packages = names shell.arguments.packages;
  })) own.devShells;
  checks = lib.mapAttrs (_: checks: {
    names = lib.attrNames checks;
    package = rustPackage checks.package;
    clippy = { inherit (checks.clippy.arguments) buildPhase doCheck installPhase; uses = names checks.clippy.arguments.nativeBuildInputs; };
    format = { inherit (checks.format) text; uses = names checks.format.arguments.nativeBuildInputs; };
  }) own.checks;
  formatter = lib.mapAttrs (_: package: package.pname) own.formatter;
  lib = lib.mapAttrs (_: module: hook (gitHooks.lib.x86_64-linux.run { src = ./.; imports = [ module ]; }).config.hooks) own.lib;
  flakeModules = lib.mapAttrs (_: _: hook (perSystem "aarch64-linux")) own.flakeModules;
  templates = lib.mapAttrs (_: one: { inherit (one) description welcomeText; directory = lib.pathIsDirectory (toString one.path); }) own.templates;
  starter = {
    outputs = lib.attrNames starter;
    overlays = map lib.attrNames (carbon._inside.argument "pkgs").stubLayers;
    packages = map toString carbon.config.environment.systemPackages;
    hooks = lib.mapAttrs (_: lib.mapAttrs (_: check: hook check.config.hooks)) starter.checks;
    shells = lib.mapAttrs (_: lib.mapAttrs (_: shell: { packages = names shell.arguments.packages; inherit (shell.arguments) shellHook; })) starter.devShells;
  };
}}" true
