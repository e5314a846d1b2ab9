{ lib, ... }:
{
  nixpkgs.overlays = lib.mkBefore [ (final: prev: { farewell = prev.hello; }) ];
}
