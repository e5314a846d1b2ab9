{ user, ... }:
{
  imports = [ ./disk.nix ];
  networking.hostName = "carbon";
  users.users.${user}.isNormalUser = true;
}
