{ inputs, ... }:
{
  imports = [ ./greeting.nix ];
}
