{ ... }:
{
  imports = [ ./gpu.nix ];
}
