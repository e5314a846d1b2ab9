{ suites, ... }:
{
  imports = suites.desktop;
  nixpkgs.hostPlatform = "x86_64-linux";
}
