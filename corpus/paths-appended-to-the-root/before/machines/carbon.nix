{ mine, ... }:
{
  imports = [ (mine.fromRoot "modules/nvidia.nix") ];
  networking.hostName = "carbon";
}
