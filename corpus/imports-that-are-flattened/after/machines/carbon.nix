{ lib, ... }:
{
  imports = lib.flatten [
    ../nixos/ssh.nix
    [ ../nixos/locale.nix ]
    ./hardware-profiles/cpu-optimized.nix
  ];
}
