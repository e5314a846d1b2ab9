{ ... }:
{
  imports = [ ];
  networking.hostName = "carbon";
}
