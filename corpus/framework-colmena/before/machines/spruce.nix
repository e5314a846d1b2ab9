{ ... }:
{
  deployment.targetHost = "spruce.example.org";
  services.xserver.videoDrivers = [ "amdgpu" ];
}
