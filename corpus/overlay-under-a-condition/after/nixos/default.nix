{ config, lib, ... }:
{
  nixpkgs.overlays = lib.mkIf config.services.xserver.enable [
    (final: prev: { greeting = prev.hello; })
  ];
}
