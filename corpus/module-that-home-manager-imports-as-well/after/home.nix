{
  imports = [ ./common ];

  home.stateVersion = "25.11";
}
