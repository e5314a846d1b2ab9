# +2vY}LeLsD>:ZF/L
{
  a = [
    1 # x
    2
  ];
}
