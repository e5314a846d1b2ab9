{ pkgs, ... }: {
  imports = [ ./hardware-profiles/vulkan.nix ];
  environment.systemPackages = [ pkgs.llama-cpp-vulkan ];
}
