# cV>Gi+sf#&W,T?;j
{
  a = [
    1 # x
    2
  ];
}
