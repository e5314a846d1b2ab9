{ lib, inputs, ... }:
{
  imports = [ inputs.sops-nix.nixosModules.sops ];
  networking.hostName = lib.mkDefault "boron";
}
