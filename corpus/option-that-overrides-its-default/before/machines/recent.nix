{
  networking.hostName = "recent";
}
