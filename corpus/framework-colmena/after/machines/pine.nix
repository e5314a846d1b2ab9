{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  deployment.targetHost = "pine.example.org";
  services.qemuGuest.enable = true;
}
