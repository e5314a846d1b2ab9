{ config, ... }:
{
  flake.modules.nixos.host-boron = {
    imports = with config.flake.modules.nixos; [
      shell
      server
      ../../../hardware-profiles/cpu-optimized.nix
    ];
    networking.hostName = "boron";
  };
}
