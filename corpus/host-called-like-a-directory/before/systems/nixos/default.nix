{
  networking.hostName = "nixos";
}
