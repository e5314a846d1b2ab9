{
  fileSystems."/".device = "/dev/vda1";
}
