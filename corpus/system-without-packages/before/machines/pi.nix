{ lib, ... }:
{
  nixpkgs.hostPlatform = lib.mkDefault "armv7l-linux";
}
