{ pkgs, ... }: {
  imports = [ ./disk.nix ];
  environment.systemPackages = with pkgs; [ greeting ];
}
