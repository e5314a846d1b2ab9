{ ... }:
{
  imports = [ ./platform.nix ];
}
