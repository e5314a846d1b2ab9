{
  config,
  inputs,
  lib,
  ...
}:
{
  systems = import inputs.systems;

  flake.nixosConfigurations = lib.genAttrs [ "boron" "carbon" ] (
    name:
    inputs.nixpkgs.lib.nixosSystem {
      modules = [
        config.flake.modules.nixos.base
        config.flake.modules.nixos.${name}
      ];
    }
  );
}
