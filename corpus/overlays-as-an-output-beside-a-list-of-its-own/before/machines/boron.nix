{ pkgs, ... }:
{
  nixpkgs.overlays = [ (final: prev: { makeModulesClosure = prev.makeModulesClosure; }) ];
  environment.systemPackages = [ pkgs.greeting ];
}
