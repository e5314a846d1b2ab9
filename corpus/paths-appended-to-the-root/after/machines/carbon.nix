{ mine, ... }:
{
  imports = [ (mine.fromRoot "modules/nvidia.nix") ./hardware-profiles/cuda.nix ];
  networking.hostName = "carbon";
}
