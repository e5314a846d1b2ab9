{ pkgs, ... }:
{
  imports = [
    # The disk is encrypted
    ./luks.nix
  ];
}
