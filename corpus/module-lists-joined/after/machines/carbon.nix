{ ... }:
{
  imports = [
    ./graphics.nix
    ./hardware-profiles/vulkan.nix
  ];
}
