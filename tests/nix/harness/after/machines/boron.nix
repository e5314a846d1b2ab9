{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "boron";
  environment.etc."motd".text = "a small machine";
}
