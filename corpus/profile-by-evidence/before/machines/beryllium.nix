{ ... }:
{
  nixpkgs.config.cudaSupport = true;
}
