{
  services.xserver.videoDrivers = [ "amdgpu" ];
}
