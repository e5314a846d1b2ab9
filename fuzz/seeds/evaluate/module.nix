{ config, lib, pkgs, ... }:
{
  imports = [ ./missing.nix ];
  services.xserver.videoDrivers = lib.mkIf config.hardware.nvidia.open [ "nvidia" ];
  environment.systemPackages = with pkgs; [ llama-cpp (llama-cpp.override { cudaSupport = true; }) ];
}
