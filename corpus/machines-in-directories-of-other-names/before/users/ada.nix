{
  users.users.ada.isNormalUser = true;
}
