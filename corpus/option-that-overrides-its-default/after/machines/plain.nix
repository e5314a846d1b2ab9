{
  networking.hostName = "plain";
}
