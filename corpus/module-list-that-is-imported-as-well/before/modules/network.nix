{
  networking.useNetworkd = true;
}
