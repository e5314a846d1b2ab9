{ lib, ... }:
{
  time.timeZone = lib.mkDefault "Europe/Berlin";
  boot.kernelModules = lib.mkBefore [ "tun" ];
  users.users.porcupine.isNormalUser = true;
}
