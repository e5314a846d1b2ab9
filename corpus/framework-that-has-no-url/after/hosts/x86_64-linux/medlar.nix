{
  imports = [ ../../nixos/hardware-profiles/cpu-optimized.nix ];
  services.qemuGuest.enable = true;
}
