{ lib, ... }: with lib; {
  imports = [ ./disk.nix ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = mkDefault "carbon";
}
