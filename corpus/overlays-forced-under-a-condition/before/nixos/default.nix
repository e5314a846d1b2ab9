{ lib, config, ... }:
{
  nixpkgs.overlays = lib.mkIf (config.networking.hostName == "carbon") (lib.mkForce [ ]);
}
