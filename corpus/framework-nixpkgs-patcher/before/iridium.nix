{
  networking.hostName = "iridium";
}
