rec {
  networking.hostName = "carbon";
  networking.domain = "${networking.hostName}.example.org";
}
