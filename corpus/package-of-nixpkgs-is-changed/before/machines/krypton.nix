{ pkgs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  hardware.graphics.extraPackages = [ pkgs.intel-media-driver ];
}
