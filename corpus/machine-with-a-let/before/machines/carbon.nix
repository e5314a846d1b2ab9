{ config, pkgs, ... }:

let
  interface = "enp1s0";
in
{
  networking.hostName = "carbon";
  networking.interfaces.${interface}.useDHCP = true;
}
