{ pkgs, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  nixpkgs.overlays = [ (final: prev: { makeModulesClosure = prev.makeModulesClosure; }) ];
  environment.systemPackages = [ pkgs.greeting ];
}
