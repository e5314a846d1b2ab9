{ lib, ... }:
{
  imports = lib.flatten [
    ../nixos/ssh.nix
    [ ../nixos/locale.nix ]
  ];
}
