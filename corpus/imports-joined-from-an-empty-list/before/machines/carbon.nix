{ lib, ... }:
{
  imports = [ ] ++ map (name: ./. + "/${name}.nix") [ "disk" ];
}
