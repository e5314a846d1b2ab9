{ config, lib, ... }:
{
  nix.nixPath = map (overlay: "overlay") (lib.tail config.nixpkgs.overlays);
}
