{ ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/tiger-lake.nix ];
}
