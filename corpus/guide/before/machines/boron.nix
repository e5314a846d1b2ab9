{
  config,
  lib,
  pkgs,
  ...
}: {
  networking.hostName = "boron";
  system.stateVersion = "24.11";
  services.openssh.enable = true;
}
