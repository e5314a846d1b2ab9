{ config, ... }:
{
  flake.modules.nixos.host-carbon = {
    imports = with config.flake.modules.nixos; [
      shell
    ];
    networking.hostName = "carbon";
  };
}
