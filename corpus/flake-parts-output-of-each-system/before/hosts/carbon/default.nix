{ lib, minimal, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.xserver.videoDrivers = [ "nvidia" ];
}
// lib.optionalAttrs (!minimal) {
  services.openssh.enable = true;
}
