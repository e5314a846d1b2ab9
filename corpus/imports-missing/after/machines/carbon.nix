{ config, pkgs, ... }:

{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];

  # Who am I
  networking.hostName = "carbon";

  services.openssh.enable = true;
}
