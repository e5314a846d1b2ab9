{ ... }:
{
  imports = [ ./gpu.nix ./hardware-profiles/cuda.nix ];
}
