{ inputs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.qemuGuest.enable = true;
}
