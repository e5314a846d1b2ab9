{ pkgs, ... }: {
  imports = [ ./disk.nix ./hardware-profiles/cpu-optimized.nix ];
  environment.systemPackages = with pkgs; [ greeting ];
}
