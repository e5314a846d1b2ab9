{ lib, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ] ++ map (name: ./. + "/${name}.nix") [ "disk" ];
}
