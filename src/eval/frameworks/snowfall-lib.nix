# snowfall-lib: hosts are the directories `systems/<architecture>-linux/<name>`; every module below `modules/nixos` reaches
# every host. Overlays belong to the channel, which hosts are given as their package set.
{ lib, ... }:
let
  directoriesIn =
    directory:
    lib.optionals (builtins.pathExists directory) (
      builtins.attrNames (lib.filterAttrs (_: type: type == "directory") (builtins.readDir directory))
    );

  mkFlake =
    {
      inputs,
      src,
      snowfall ? { },
      systems ? { },
      overlays ? [ ],
      channels-config ? { },
      ...
    }:
    let
      root = snowfall.root or src;
      namespace = snowfall.namespace or "internal";
      sources = map (file: import file { inherit inputs namespace; channels = builtins.notFollowed "the channels"; lib = builtins.notFollowed "the library"; }) (
        builtins.filter (file: baseNameOf file == "default.nix") (
          lib.optionals (builtins.pathExists "${root}/overlays") (
            lib.listFilesRecursive "${root}/overlays"
          )
        )
      );
      modules = builtins.filter (file: baseNameOf file == "default.nix") (
        lib.optionals (builtins.pathExists "${root}/modules/nixos") (
          lib.listFilesRecursive "${root}/modules/nixos"
        )
      );
      # The user's own library stands in nixpkgs' under the namespace, and is made with that as its `lib`.
      library = inputs.nixpkgs.lib // {
        snowfall = builtins.notFollowed "the library of snowfall";
        ${namespace} = builtins.foldl' lib.recursiveUpdate { } (
          map (
            file:
            let
              part = import file;
            in
            if builtins.isFunction part then
              part {
                inherit inputs namespace;
                snowfall-inputs = builtins.notFollowed "the inputs of snowfall";
                lib = library;
              }
            else
              part
          ) (
            builtins.filter (file: baseNameOf file == "default.nix") (
              lib.optionals (builtins.pathExists "${root}/lib") (lib.listFilesRecursive "${root}/lib")
            )
          )
        );
      };
      hosts = builtins.concatMap (
        target:
        map (name: { inherit name target; }) (
          builtins.filter (name: builtins.pathExists "${root}/systems/${target}/${name}/default.nix") (
            directoriesIn "${root}/systems/${target}"
          )
        )
      ) (builtins.filter (lib.hasSuffix "-linux") (directoriesIn "${root}/systems"));
      build =
        { name, target }:
        let
          own = systems.hosts.${name} or { };
        in
        inputs.nixpkgs.lib.nixosSystem {
          specialArgs = (own.specialArgs or { }) // {
            inherit inputs namespace target;
            system = target;
            host = name;
            format = "linux";
            virtual = false;
            systems = builtins.notFollowed "the other hosts";
            lib = library;
          };
          modules = [
            {
              nixpkgs.pkgs = import inputs.nixpkgs {
                system = target;
                config = channels-config;
                overlays = overlays ++ sources;
              };
            }
            "${root}/systems/${target}/${name}/default.nix"
          ]
          ++ modules
          ++ (own.modules or [ ])
          ++ (systems.modules.nixos or [ ])
          ++ lib.optional (inputs ? home-manager) inputs.home-manager.nixosModules.home-manager;
        };
      directories = map (name: "${root}/${name}") [
        "systems"
        "homes"
        "packages"
        "shells"
        "checks"
        "templates"
        "lib"
        "overlays"
        "modules"
      ];
    in
    {
      nixosConfigurations = builtins.listsDirectories directories (
        builtins.listToAttrs (map (host: lib.nameValuePair host.name (build host)) hosts)
      );
    };
in
{
  inherit mkFlake;
  mkLib =
    { inputs, src, ... }@given:
    {
      mkFlake = more: mkFlake (given // more);
    };
  lib = {
    inherit mkFlake;
  };
}
