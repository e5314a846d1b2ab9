{
  config,
  inputs,
  lib,
  ...
}:
let
  machine =
    { config, ... }:
    {
      options = {
        enable = lib.mkEnableOption "it" // {
          default = true;
        };
        file = lib.mkOption { type = lib.types.path; };
        hardware = lib.mkOption {
          type = lib.types.listOf lib.types.deferredModule;
          default = [ ./machines/usual.nix ];
        };
        extra = lib.mkOption {
          type = lib.types.listOf lib.types.deferredModule;
          default = [ ./machines/plain.nix ];
        };
        built = lib.mkOption {
          type = lib.types.unspecified;
          default = null;
        };
      };
      config = lib.mkIf config.enable {
        built = inputs.nixpkgs.lib.nixosSystem {
          specialArgs = { inherit inputs; };
          modules = config.hardware ++ config.extra ++ [ config.file ];
        };
      };
    };
in
{
  options.fleet = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule machine);
    default = { };
  };
  config.flake.nixosConfigurations = lib.mapAttrs (_: one: one.built) config.fleet;
}
