{ pkgs, ... }:
{
  nixpkgs.overlays = [ (final: prev: { greeting = prev.hello; }) ];
  environment.systemPackages = [ pkgs.greeting ];
}
