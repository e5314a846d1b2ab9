# flake-parts: a flake as the configuration of modules.
{ lib, flake, ... }:
let
  inherit (lib) mkOption types;

  # What `perSystem` gives, by system, as outputs of the flake.
  perSystemOutputs = [
    "apps"
    "checks"
    "devShells"
    "formatter"
    "legacyPackages"
    "packages"
  ];

  ofSystem = system: input: lib.genAttrs perSystemOutputs (name: input.${name}.${system});

  core =
    submoduleArgs:
    {
      config,
      inputs,
      self,
      ...
    }@flakeArgs:
    let
      evaluate =
        system:
        lib.evalModules {
          specialArgs = {
            inherit system;
            inherit (flakeArgs) lib;
            inputs' = builtins.mapAttrs (_: ofSystem system) inputs;
            self' = ofSystem system self;
          };
          modules = [
            perSystemCore
            config.perSystem
          ];
        };
      perSystemCore =
        { inputs', ... }:
        {
          options._module.args = mkOption {
            type = types.lazyAttrsOf types.raw;
            default = { };
          };
          config._module.args.pkgs = lib.mkOptionDefault inputs'.nixpkgs.legacyPackages;
        };
      evaluated = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ] evaluate;
      forSystem = system: evaluated.${system} or (evaluate system);
      argumentsOf =
        evaluation:
        evaluation._module.args
        // evaluation._module.specialArgs
        // {
          inherit (evaluation) config options;
        };
      getSystem = system: (forSystem system).config;
    in
    {
      options = {
        flake = mkOption {
          type = types.submoduleWith {
            modules = [ outputs ];
            specialArgs = submoduleArgs;
          };
          default = { };
        };
        perSystem = mkOption {
          type = types.deferredModule;
          default = { };
        };
        systems = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        _module.args = mkOption {
          type = types.lazyAttrsOf types.raw;
          default = { };
        };
      };
      config = {
        allSystems = lib.genAttrs config.systems getSystem;
        processedFlake = config.flake;
        flake = lib.genAttrs perSystemOutputs (
          name: lib.genAttrs config.systems (system: (getSystem system).${name})
        );
        _module.args = {
          inherit getSystem;
          withSystem = system: f: f (argumentsOf (forSystem system));
          # The system is the one of the module's own host, which is not known here.
          moduleWithSystem = f: module: f (argumentsOf (evaluate (builtins.notFollowed "the system"))) module;
        };
      };
    };

  outputs = {
    options = {
      nixosConfigurations = outputSet types.raw;
      nixosModules = outputSet types.deferredModule;
      modules = outputSet (types.lazyAttrsOf types.deferredModule);
      overlays = outputSet types.raw;
    };
  };
  outputSet =
    element:
    mkOption {
      type = types.lazyAttrsOf element;
      default = { };
    };

  flake-parts-lib = rec {
    evalFlakeModule =
      args:
      let
        inputs = args.inputs or args.self.inputs;
        fallback = if inputs ? nixpkgs then inputs.nixpkgs else { inherit lib; };
        ownLib = {
          inherit (builtins.inputOf flake "nixpkgs-lib" fallback) lib;
        };
        specialArgs = args.specialArgs or { };
      in
      module:
      lib.evalModules {
        specialArgs =
          ownLib
          // {
            inherit inputs flake-parts-lib;
            self = args.self or inputs.self;
            moduleLocation = "flake.nix";
          }
          // specialArgs;
        modules = [
          # The `lib` of a submodule is the one that made its type, which the one given here may extend or not.
          (core (if specialArgs ? lib then { } else ownLib))
          module
        ];
      };
    mkFlake =
      args: module:
      let
        evaluated = evalFlakeModule args module;
        inherit (evaluated.config) flake;
      in
      builtins.declaresInputs (evaluated.config.flake-file.inputs or null) (
        # Which modules there are may seem to depend on the configuration, so that is asked first.
        if builtins.isAttrs flake then (evaluated._module.unseen or { }) // flake else flake
      );
    importApply = path: import path;
    defaultModule = module: module;
    mkSubmoduleOptions =
      options: mkOption { type = types.submoduleWith { modules = [ { inherit options; } ]; }; };
    mkPerSystemType = module: types.deferredModuleWith { staticModules = [ module ]; };
    mkPerSystemOption = module: mkOption { type = mkPerSystemType module; };
    mkDeferredModuleType = mkPerSystemType;
    mkDeferredModuleOption = mkPerSystemOption;
    mkTransposedPerSystemModule =
      { name, ... }:
      { config, ... }:
      {
        flake.${name} = builtins.mapAttrs (_: system: system.${name}) config.allSystems;
      };
    mkAliasOptionModule = _: _: { };
    importAndPublish = name: module: {
      imports = [ module ];
      flake.modules.flake.${name} = module;
    };
    attrsWith = { elemType, ... }: types.lazyAttrsOf elemType;
  };
in
{
  lib = flake-parts-lib;
  # These add outputs, never hosts.
  flakeModules = lib.genAttrs [
    "bundlers"
    "easyOverlay"
    "flakeModules"
    "modules"
    "touchup"
  ] (_: { })
  // {
    # Takes outputs, perhaps the hosts, from modules that get further inputs.
    partitions = builtins.notFollowed "`flakeModules.partitions` of flake-parts";
  };
}
