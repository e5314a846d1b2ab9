{
  imports = [ ./hardware-profiles/vulkan.nix ];
  services.xserver.videoDrivers = [ "amdgpu" ];
}
