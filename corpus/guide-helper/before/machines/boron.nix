{...}: {
  networking.hostName = "boron";
  services.openssh.enable = true;
}
