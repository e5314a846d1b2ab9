_: {
  networking.hostName = "carbon";
}
