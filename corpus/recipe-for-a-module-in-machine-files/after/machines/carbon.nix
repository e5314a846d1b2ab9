{ pkgs, inputs, ... }:
{
  imports = [ ./disk.nix inputs.sops-nix.nixosModules.sops ];
  networking.hostName = "carbon";
  environment.systemPackages = [ pkgs.git ];
}
