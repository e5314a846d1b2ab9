{ ... }:
{
  networking.hostName = "boron";
}
