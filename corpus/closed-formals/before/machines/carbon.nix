{ pkgs, ... }: {
  networking.hostName = "carbon";
}
