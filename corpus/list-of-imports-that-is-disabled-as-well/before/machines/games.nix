{
  programs.steam.enable = true;
}
