{ pkgs, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  environment.systemPackages = [ pkgs.greeter ];
}
