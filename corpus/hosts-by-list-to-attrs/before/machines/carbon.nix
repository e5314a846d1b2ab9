{ config, ... }: {
  networking.hostName = "carbon";
}
