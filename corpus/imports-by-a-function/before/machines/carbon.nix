{ lib, ... }:
{
  imports = map (name: ../nixos + "/${name}.nix") [
    "ssh"
    "locale"
  ];

  networking.hostName = "carbon";
}
