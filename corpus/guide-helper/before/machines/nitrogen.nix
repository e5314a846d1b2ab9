{lib, ...}: {
  imports = [./common/server.nix];
  networking.hostName = "nitrogen";
}
