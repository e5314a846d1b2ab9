{
  services.xserver.enable = true;
}
