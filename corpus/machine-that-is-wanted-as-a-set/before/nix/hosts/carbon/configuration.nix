{
  nixpkgs.hostPlatform = "x86_64-linux";
  networking.domain = "example.org";
}
