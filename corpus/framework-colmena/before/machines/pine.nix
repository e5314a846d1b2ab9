{
  deployment.targetHost = "pine.example.org";
  services.qemuGuest.enable = true;
}
