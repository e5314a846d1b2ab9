{ inputs, ... }:
{
  nixpkgs.overlays = [ (final: prev: { greeting = prev.hello; }) ];
}
