# blueprint: outputs by where files lie; hosts are the directories of `hosts/`.
{ lib, ... }:
let
  # The directories and Nix files of a directory, by name; a file goes before a directory of that name.
  entriesOf =
    directory:
    let
      all = builtins.readDir directory;
      directories = lib.filterAttrs (_: type: type == "directory") all;
      files = lib.filterAttrs (name: type: type != "directory" && lib.hasSuffix ".nix" name) all;
    in
    lib.optionalAttrs (builtins.pathExists directory) (
      builtins.mapAttrs (name: _: directory + "/${name}") directories
      // lib.mapAttrs' (
        name: _: lib.nameValuePair (lib.removeSuffix ".nix" name) (directory + "/${name}")
      ) files
    );

  outputs =
    {
      inputs,
      prefix ? null,
      nixpkgs ? { },
      ...
    }:
    let
      flake = inputs.self;
      root =
        if builtins.isPath prefix then
          prefix
        else if builtins.isString prefix then
          "${flake}/${prefix}"
        else
          "${flake}";
      special = { inherit inputs flake; };

      # Modules that take nothing but the flake's own arguments get them first.
      publish =
        path:
        let
          module = import path;
          wanted = builtins.attrNames (builtins.functionArgs module);
        in
        if
          builtins.isFunction module && wanted != [ ] && lib.all (name: name == "flake" || name == "inputs") wanted
        then
          module special
        else
          path;
      modules = builtins.mapAttrs (_: directory: builtins.mapAttrs (_: publish) (entriesOf directory)) (
        lib.filterAttrs (_: path: lib.pathIsDirectory path) (entriesOf "${root}/modules")
      );

      given = lib.optional ((nixpkgs.config or { }) != { } || (nixpkgs.overlays or [ ]) != [ ]) {
        nixpkgs.pkgs = lib.mkDefault (
          import inputs.nixpkgs {
            config = nixpkgs.config or { };
            overlays = nixpkgs.overlays or [ ];
          }
        );
      };
      homes =
        name: path:
        lib.optionals (builtins.pathExists "${path}/users") [
          inputs.home-manager.nixosModules.default
          {
            home-manager.extraSpecialArgs = special;
            home-manager.useGlobalPkgs = lib.mkDefault true;
          }
        ];
      build =
        name: path:
        inputs.nixpkgs.lib.nixosSystem {
          specialArgs = special // {
            hostName = name;
          };
          modules =
            given
            ++ [
              # What it holds depends on the host's system.
              { _module.args.perSystem = builtins.notFollowed "the packages of the host's system"; }
              "${path}/configuration.nix"
            ]
            ++ homes name path;
        };
      host =
        name: path:
        if builtins.pathExists "${path}/default.nix" then
          let
            loaded = import "${path}/default.nix" (special // { hostName = name; });
          in
          lib.optionalAttrs (loaded.class == "nixos") { ${name} = loaded.value; }
        else
          lib.optionalAttrs (builtins.pathExists "${path}/configuration.nix") { ${name} = build name path; };

      directories = map (name: "${root}/${name}") [
        "hosts"
        "modules"
        "modules/nixos"
        "modules/darwin"
        "modules/home"
        "packages"
        "devshells"
        "checks"
        "templates"
      ];
    in
    {
      inherit modules;
      nixosModules = modules.nixos or { };
      darwinModules = modules.darwin or { };
      homeModules = modules.home or { };
      lib = lib.optionalAttrs (builtins.pathExists "${root}/lib") (import "${root}/lib" special);
      nixosConfigurations = builtins.listsDirectories directories (
        lib.concatMapAttrs host (entriesOf "${root}/hosts")
      );
    };
in
{
  __functor = _: outputs;
}
