{
  flake.modules.nixos.carbon = {
    nixpkgs.hostPlatform = "x86_64-linux";
    services.xserver.videoDrivers = [ "nvidia" ];
  };
}
