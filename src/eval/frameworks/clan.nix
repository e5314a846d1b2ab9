# clan: machines are the directories of `machines/`, and those that the inventory or the table of machines names.
{ lib, ... }:
let
  clanOf =
    {
      self,
      directory ? self,
      machines ? { },
      inventory ? { },
      specialArgs ? { },
      inputs ? self.inputs,
      ...
    }:
    let
      root = "${directory}";
      found = lib.optionals (builtins.pathExists "${root}/machines") (
        builtins.attrNames (
          lib.filterAttrs (
            name: type: type == "directory" && builtins.pathExists "${root}/machines/${name}/configuration.nix"
          ) (builtins.readDir "${root}/machines")
        )
      );
      isNixos = name: (inventory.machines.${name}.machineClass or "nixos") == "nixos";
      names = builtins.filter isNixos (
        lib.unique (
          found ++ builtins.attrNames machines ++ builtins.attrNames (inventory.machines or { })
        )
      );
      build =
        name:
        inputs.nixpkgs.lib.nixosSystem {
          specialArgs = {
            clan-core = builtins.notFollowed "the framework";
            inherit self;
          }
          // specialArgs;
          modules =
            lib.optional (builtins.pathExists "${root}/machines/${name}/configuration.nix") "${root}/machines/${name}/configuration.nix"
            ++ lib.optional (machines ? ${name}) machines.${name};
        };
      nixosConfigurations = builtins.listsDirectories [ "${root}/machines" ] (lib.genAttrs names build);
    in
    {
      inherit nixosConfigurations;
      config = {
        inherit nixosConfigurations machines inventory;
      };
    };

  module =
    {
      config,
      self,
      inputs,
      ...
    }:
    let
      built = clanOf (
        {
          inherit self inputs;
          directory = self;
        }
        // (config.clan or { })
        // (config.flake.clan or { })
      );
    in
    {
      config.flake = {
        inherit (built) nixosConfigurations;
        clan = {
          inherit (built) nixosConfigurations;
        };
      };
    };
in
{
  lib = {
    clan = clanOf;
    buildClan = clanOf;
  };
  flakeModules.default = module;
}
