{ ... }:
{
  nixpkgs.overlays = [ ];
}
