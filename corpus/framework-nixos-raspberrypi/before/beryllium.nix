{
  networking.hostName = "beryllium";
}
