# %^53WEm@Y*SB4vgw
{
  a = [
    1 # x
    2
  ];
}
