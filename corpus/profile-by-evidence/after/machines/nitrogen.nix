{ ... }:
{
  imports = [ ./gpu.nix ./hardware-profiles/vulkan.nix ];
}
