{ config, pkgs, ... }:

{
  networking.hostName = "boron";
}
