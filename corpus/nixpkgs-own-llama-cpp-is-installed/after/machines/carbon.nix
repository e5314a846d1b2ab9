{ pkgs, ... }:
{
  imports = [ ./disk.nix ./hardware-profiles/vulkan.nix ];

  environment.systemPackages = with pkgs; [
    git
    (llama-cpp.override { vulkanSupport = true; })
  ];
}
