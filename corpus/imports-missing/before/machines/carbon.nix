{ config, pkgs, ... }:

{
  # Who am I
  networking.hostName = "carbon";

  services.openssh.enable = true;
}
