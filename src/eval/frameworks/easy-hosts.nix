# easy-hosts: a flake-parts module that builds a table of hosts, which it can read from the directories of `path`.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  anything = default: mkOption { inherit default; };
  parameters = {
    modules = mkOption {
      type = types.listOf types.raw;
      default = [ ];
    };
    specialArgs = mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
    };
  };
  # What the user's functions give may lack either.
  given = set: { modules = [ ]; specialArgs = { }; } // set;

  module =
    { config, inputs, ... }:
    let
      cfg = config.easy-hosts;
      self = inputs.self;
      kind = class: cfg.additionalClasses.${class} or (if class == "linux" then "nixos" else class);
      systemOf = arch: class: "${arch}-${if kind class == "darwin" then "darwin" else "linux"}";
      ofSystem =
        system: path:
        let
          parts = lib.splitString "-" system;
        in
        {
          inherit path;
          arch = builtins.head parts;
          class = lib.last parts;
          system = systemOf (builtins.head parts) (lib.last parts);
        };
      read = directory: builtins.attrNames (builtins.readDir directory);
      directories =
        if cfg.onlySystem != null then
          lib.genAttrs (read cfg.path) (name: ofSystem cfg.onlySystem "${cfg.path}/${name}")
        else
          lib.foldl' (
            all: system:
            all // lib.genAttrs (read "${cfg.path}/${system}") (name: ofSystem system "${cfg.path}/${system}/${name}")
          ) { } (builtins.attrNames (lib.filterAttrs (_: type: type == "directory") (builtins.readDir cfg.path)));
      build =
        name: host:
        let
          sources =
            [
              cfg.shared
              host
            ]
            ++ map (tag: given (cfg.perTag tag)) host.tags
            ++ [
              (given (cfg.perClass host.class))
              (given (cfg.perArch host.arch))
            ];
          class = kind host.class;
          byName = builtins.filter builtins.pathExists [
            "${self}/hosts/${name}/default.nix"
            "${self}/systems/${name}/default.nix"
          ];
        in
        host.nixpkgs.lib.nixosSystem {
          specialArgs = lib.foldl' lib.recursiveUpdate { inherit inputs self; } (
            map (source: source.specialArgs) sources
          );
          modules =
            (if host.path != null then [ host.path ] else byName)
            ++ lib.optional (class == "iso") "${host.nixpkgs}/nixos/modules/installer/cd-dvd/installation-cd-minimal-new-kernel.nix"
            ++ [
              { networking.hostName = lib.mkDefault name; }
              { nixpkgs.hostPlatform = lib.mkDefault host.system; }
            ]
            ++ builtins.concatLists (map (source: source.modules) sources);
        };
    in
    {
      options.easy-hosts = {
        autoConstruct = anything false;
        path = anything null;
        onlySystem = anything null;
        shared = parameters;
        perClass = anything (_: { });
        perArch = anything (_: { });
        perTag = anything (_: { });
        additionalClasses = anything { };
        hosts = mkOption {
          default = { };
          type = types.attrsOf (
            types.submodule (
              { config, ... }:
              {
                options = {
                  nixpkgs = anything inputs.nixpkgs;
                  nix-darwin = anything null;
                  arch = anything "x86_64";
                  class = anything "nixos";
                  tags = anything [ ];
                  system = anything (systemOf config.arch config.class);
                  path = anything null;
                  deployable = anything false;
                }
                // parameters;
              }
            )
          );
        };
      };
      config = {
        easy-hosts.hosts = lib.mkIf cfg.autoConstruct directories;
        flake.nixosConfigurations = builtins.mapAttrs build (
          lib.filterAttrs (_: host: kind host.class != "darwin") cfg.hosts
        );
      };
    };
in
{
  flakeModule = module;
  flakeModules.default = module;
}
