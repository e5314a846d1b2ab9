{ config, lib, ... }:

with lib;

{
  networking.hostName = mkDefault "carbon";
}
