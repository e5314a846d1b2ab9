# lite-config: a flake-parts module that builds the hosts of a table, all with one package set.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  anything = default: mkOption { inherit default; };
  listOfAnything = mkOption {
    type = types.listOf types.raw;
    default = [ ];
  };

  module =
    {
      config,
      inputs,
      withSystem,
      ...
    }:
    let
      cfg = config.lite-config;
      useHomeManager = cfg.homeModules != [ ] || cfg.homeConfigurations != { };
      isLinux = host: lib.hasSuffix "-linux" host.system;
      build =
        name: host:
        withSystem host.system (
          { liteConfigPkgs, ... }:
          let
            specialArgs = {
              inherit inputs;
              hostPlatform = liteConfigPkgs.stdenv.hostPlatform // {
                inherit (host) system;
                isLinux = true;
                isDarwin = false;
              };
            };
          in
          cfg.nixpkgs.nixpkgs.lib.nixosSystem {
            inherit specialArgs;
            modules = [
              (if host.hostModule == null then "${cfg.hostModuleDir}/${name}" else host.hostModule)
              {
                nixpkgs.pkgs = liteConfigPkgs;
                networking.hostName = name;
              }
            ]
            ++ cfg.systemModules
            ++ lib.optionals useHomeManager [
              cfg.homeManagerFlake.nixosModules.default
              {
                home-manager = {
                  sharedModules = cfg.homeModules;
                  useGlobalPkgs = true;
                  extraSpecialArgs = specialArgs;
                };
              }
            ];
          }
        );
    in
    {
      # The table may be a function of the module arguments, as a submodule may.
      options.lite-config = mkOption {
        default = { };
        type = types.submodule {
          options = {
            nixpkgs = {
              nixpkgs = anything inputs.nixpkgs;
              config = anything { };
              perSystemOverrides = anything { };
              overlays = listOfAnything;
              exportOverlayPackages = anything true;
              setPerSystemPkgs = anything true;
            };
            hosts = mkOption {
              default = { };
              type = types.attrsOf (types.submodule {
                options = {
                  system = anything null;
                  hostModule = mkOption {
                    type = types.nullOr types.deferredModule;
                    default = null;
                  };
                };
              });
            };
            systemModules = listOfAnything;
            homeModules = listOfAnything;
            hostModuleDir = anything null;
            builder = anything { };
            homeManagerFlake = anything inputs.home-manager;
            homeConfigurations = anything { };
          };
        };
      };
      config = {
        systems = lib.unique (lib.mapAttrsToList (_: host: host.system) cfg.hosts);
        flake.nixosConfigurations = builtins.mapAttrs build (
          lib.filterAttrs (_: host: isLinux host) cfg.hosts
        );
        perSystem =
          { system, liteConfigPkgs, ... }:
          let
            chosen = cfg.nixpkgs.perSystemOverrides.${system} or cfg.nixpkgs;
          in
          {
            _module.args.liteConfigPkgs = lib.mkOptionDefault (
              import chosen.nixpkgs {
                inherit system;
                overlays = cfg.nixpkgs.overlays;
                config = cfg.nixpkgs.config;
              }
            );
            _module.args.pkgs = lib.mkIf cfg.nixpkgs.setPerSystemPkgs liteConfigPkgs;
          };
      };
    };
in
{
  flakeModule = module;
  flakeModules.default = module;
}
