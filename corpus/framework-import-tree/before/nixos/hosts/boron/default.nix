{ config, ... }:
{
  flake.modules.nixos.host-boron = {
    imports = with config.flake.modules.nixos; [
      shell
      server
    ];
    networking.hostName = "boron";
  };
}
