{ ... }:
{
  imports = [ ./hardware-profiles/cuda.nix ];
  nixpkgs.config.cudaSupport = true;
}
