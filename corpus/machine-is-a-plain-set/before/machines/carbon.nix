{
  networking.hostName = "carbon";
}
