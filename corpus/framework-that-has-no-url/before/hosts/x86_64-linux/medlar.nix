{
  services.qemuGuest.enable = true;
}
