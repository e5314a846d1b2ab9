let
  ports = [22];
in {
  nixpkgs = {
    hostPlatform = "x86_64-linux";
  };
  networking.firewall.allowedTCPPorts = ports;
}
