{
  networking.hostName = "boron";
  disabledModules = [ { key = "boron-overlays"; } ];
}
