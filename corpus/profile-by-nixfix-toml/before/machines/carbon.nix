{ ... }:
{
  networking.hostName = "carbon";
}
