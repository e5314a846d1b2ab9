{
  fileSystems."/".device = "/dev/disk/by-label/root";
}
