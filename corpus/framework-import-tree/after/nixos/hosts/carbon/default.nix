{ config, ... }:
{
  flake.modules.nixos.host-carbon = {
    imports = with config.flake.modules.nixos; [
      shell
      ../../../hardware-profiles/cuda.nix
    ];
    networking.hostName = "carbon";
  };
}
