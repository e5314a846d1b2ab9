{ ... }:
{
  imports = [ ./hardware-profiles/rocm.nix ];
  networking.hostName = "carbon";
}
