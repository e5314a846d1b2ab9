rec {
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
  networking.domain = "${networking.hostName}.example.org";
}
