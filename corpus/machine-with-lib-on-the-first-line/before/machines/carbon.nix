{ lib, ... }: with lib; {
  imports = [ ./disk.nix ];
  networking.hostName = mkDefault "carbon";
}
