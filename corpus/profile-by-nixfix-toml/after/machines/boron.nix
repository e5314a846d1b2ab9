{ ... }:
{
  imports = [ ./hardware-profiles/vulkan.nix ];
  networking.hostName = "boron";
}
