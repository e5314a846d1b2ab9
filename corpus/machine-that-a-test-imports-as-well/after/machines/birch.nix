{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  services.openssh.enable = true;
}
