{ lib, ... }:
{
  imports = [ ./argon.nix ];
  services.xserver.videoDrivers = lib.mkForce [ "amdgpu" ];
}
