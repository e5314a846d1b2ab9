{
  networking.hostName = "boron";
  environment.etc."motd".text = "a small machine";
}
