{ config, lib, ... }:

with lib;

{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = mkDefault "carbon";
}
