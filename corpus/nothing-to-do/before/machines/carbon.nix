{ pkgs, ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];
}
