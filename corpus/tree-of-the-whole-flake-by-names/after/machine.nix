{
  imports = [ ./hardware-profiles/_cpu-optimized.nix ];
  networking.hostName = "carbon";
}
