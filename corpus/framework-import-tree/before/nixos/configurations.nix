{
  config,
  inputs,
  lib,
  ...
}:
{
  systems = [ "x86_64-linux" ];
  flake.nixosConfigurations = lib.mapAttrs' (
    name: module:
    lib.nameValuePair (lib.removePrefix "host-" name) (
      inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ module ];
      }
    )
  ) (lib.filterAttrs (name: _: lib.hasPrefix "host-" name) config.flake.modules.nixos);
}
