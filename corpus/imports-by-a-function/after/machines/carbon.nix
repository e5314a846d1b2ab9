{ lib, ... }:
{
  imports = map (name: ../nixos + "/${name}.nix") [
    "ssh"
    "locale"
  ] ++ [ ./hardware-profiles/cpu-optimized.nix ];

  networking.hostName = "carbon";
}
