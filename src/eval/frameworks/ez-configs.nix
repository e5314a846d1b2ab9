# ez-configs: a flake-parts module that finds hosts and modules below one root, by directories named after their kind.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  # A file `x.nix` or a directory `x` with a default.nix, by name; a directory that is a single file is its `default`.
  modulesIn =
    directory:
    if builtins.pathExists "${directory}.nix" then
      { default = directory; }
    else if !(lib.pathIsDirectory directory) then
      { }
    else
      lib.concatMapAttrs (
        name: type:
        if type == "directory" then
          lib.optionalAttrs (builtins.pathExists "${directory}/${name}/default.nix") {
            ${name} = "${directory}/${name}/default.nix";
          }
        else
          lib.optionalAttrs (lib.hasSuffix ".nix" name) {
            ${lib.removeSuffix ".nix" name} = "${directory}/${name}";
          }
      ) (builtins.readDir directory);

  # Modules that want some arguments before the module system has them.
  withEarly =
    arguments: modules:
    if arguments == { } then
      modules
    else
      builtins.mapAttrs (
        _: path:
        let
          module = import path;
        in
        if lib.isFunction module then (others: module (others // arguments)) else path
      ) modules;

  module =
    { config, inputs, ... }:
    let
      cfg = config.ezConfigs;
      anything = default: mkOption { inherit default; };
      ofKind = kind: {
        modulesDirectory = anything "${cfg.root}/${kind}-modules";
        configurationsDirectory = anything "${cfg.root}/${kind}-configurations";
        earlyModuleArgs = anything cfg.earlyModuleArgs;
        specialArgs = anything cfg.globalArgs;
        extraSpecialArgs = anything cfg.globalArgs;
        users = anything { };
        hosts = mkOption {
          default = { };
          type = types.attrsOf (types.submodule {
            options = {
              importDefault = anything true;
              userHomeModules = anything [ ];
            };
          });
        };
      };
      nixosModules = withEarly cfg.nixos.earlyModuleArgs (modulesIn cfg.nixos.modulesDirectory);
      homeModules = withEarly cfg.home.earlyModuleArgs (modulesIn cfg.home.modulesDirectory);
      build =
        name: path:
        let
          host = cfg.nixos.hosts.${name} or { importDefault = true; userHomeModules = [ ]; };
        in
        inputs.nixpkgs.lib.nixosSystem {
          specialArgs = cfg.nixos.specialArgs // {
            ezModules = nixosModules;
          };
          modules = [
            path
            { networking.hostName = lib.mkDefault name; }
          ]
          ++ lib.optional host.importDefault (nixosModules.default or { })
          ++ lib.optionals (host.userHomeModules != [ ]) [
            inputs.home-manager.nixosModules.default
            {
              home-manager.extraSpecialArgs = cfg.home.extraSpecialArgs // {
                ezModules = homeModules;
              };
            }
          ];
        };
      directories = builtins.concatMap (kind: [
        cfg.${kind}.modulesDirectory
        cfg.${kind}.configurationsDirectory
      ]) [ "nixos" "darwin" "home" ];
    in
    {
      options.ezConfigs = {
        root = anything null;
        globalArgs = anything { };
        earlyModuleArgs = anything { };
      }
      // lib.genAttrs [ "nixos" "darwin" "home" ] ofKind;
      config.flake = {
        inherit nixosModules homeModules;
        nixosConfigurations = builtins.listsDirectories directories (
          builtins.mapAttrs build (modulesIn cfg.nixos.configurationsDirectory)
        );
      };
    };
in
{
  flakeModule = module;
  flakeModules.default = module;
}
