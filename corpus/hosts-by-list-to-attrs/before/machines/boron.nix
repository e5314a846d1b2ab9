{ config, ... }: {
  networking.hostName = "boron";
}
