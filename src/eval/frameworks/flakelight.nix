# flakelight: a flake as the configuration of modules, with outputs found in `nix/`. A host is the argument of
# `nixosSystem`, or a function that gives it.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  callWith = arguments: value: if lib.isFunction value then value arguments else value;

  # What a directory has for one of its names: a file or a directory, imported.
  importedFrom =
    directory: name:
    if builtins.pathExists "${directory}/${name}.nix" then
      [ (import "${directory}/${name}.nix") ]
    else if builtins.pathExists "${directory}/${name}/default.nix" then
      [ (import "${directory}/${name}") ]
    else if lib.pathIsDirectory "${directory}/${name}" then
      [ (importedEach "${directory}/${name}") ]
    else
      [ ];
  importedEach =
    directory:
    lib.concatMapAttrs (
      name: type:
      if type == "directory" then
        lib.optionalAttrs (builtins.pathExists "${directory}/${name}/default.nix") {
          ${name} = import "${directory}/${name}";
        }
      else
        lib.optionalAttrs (lib.hasSuffix ".nix" name) {
          ${lib.removeSuffix ".nix" name} = import "${directory}/${name}";
        }
    ) (builtins.readDir directory);

  core =
    { config, src, ... }:
    let
      arguments = {
        inherit lib src config;
        inherit (config) inputs outputs;
        flakelight = builtins.notFollowed "the library of flakelight";
        moduleArgs = builtins.notFollowed "the arguments of modules";
      };
      found = names: lib.optionals (config.nixDir != null) (builtins.concatMap (importedFrom config.nixDir) names);
      directories = lib.optionals (config.nixDir != null) (
        map (name: "${config.nixDir}/${name}") [
          ""
          "nixos"
          "nixosConfigurations"
          "overlays"
          "packages"
        ]
      );
      system =
        name: value:
        let
          host = callWith arguments value;
        in
        if host ? modules || host ? system || host ? specialArgs then
          config.inputs.nixpkgs.lib.nixosSystem (
            host
            // {
              specialArgs = {
                inherit (config) inputs;
                hostname = name;
              }
              // (host.specialArgs or { });
              modules = [
                {
                  nixpkgs.overlays = lib.mkOrder 10 (config.withOverlays ++ [ (builtins.notFollowed "the flake's own packages") ]);
                }
              ]
              ++ (host.modules or [ ]);
            }
          )
        else
          host;
    in
    {
      options = {
        inputs = mkOption { type = types.lazyAttrsOf types.raw; };
        nixDir = mkOption { default = "${src}/nix"; };
        withOverlays = mkOption {
          type = types.listOf types.raw;
          default = [ ];
        };
        nixosConfigurations = mkOption {
          type = types.lazyAttrsOf types.raw;
          default = { };
        };
        outputs = mkOption {
          default = { };
        };
      };
      config = {
        nixosConfigurations = lib.mkMerge (
          map (callWith arguments) (found [
            "nixosConfigurations"
            "nixos"
          ])
        );
        withOverlays = lib.mkMerge (found [ "withOverlays" ]);
        outputs.nixosConfigurations = builtins.listsDirectories directories (
          builtins.mapAttrs system config.nixosConfigurations
        );
      };
    };

  mkFlake =
    src: module:
    (lib.evalModules {
      specialArgs = { inherit src lib; };
      modules = [
        core
        module
      ];
    }).config.outputs;
in
{
  __functor = _: mkFlake;
  lib = { inherit mkFlake; };
  flakelightModules = { };
}
