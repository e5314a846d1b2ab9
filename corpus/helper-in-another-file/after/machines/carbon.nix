{ user, ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
  users.users.${user}.isNormalUser = true;
}
