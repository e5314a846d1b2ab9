{
  imports = [ ../hardware-profiles/cuda.nix ];
  nixpkgs.hostPlatform = "x86_64-linux";
  services.xserver.videoDrivers = [ "nvidia" ];
}
