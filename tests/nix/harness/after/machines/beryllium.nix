{ lib, pkgs, ... }:
{
  imports = [ ./hardware-profiles/vulkan.nix ];
  networking.hostName = "beryllium";
  time.timeZone = "Europe/Oslo";
  boot.kernelModules = [ "amdgpu" ];
  environment.systemPackages = [ pkgs.llama-cpp-vulkan ];
}
