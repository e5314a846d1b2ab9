{
  i18n.defaultLocale = "de_AT.UTF-8";
}
