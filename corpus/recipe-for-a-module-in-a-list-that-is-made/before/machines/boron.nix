{
  networking.hostName = "boron";
}
