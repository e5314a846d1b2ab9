{ config, pkgs, ... }:

let
  interface = "enp1s0";
in
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
  networking.interfaces.${interface}.useDHCP = true;
}
