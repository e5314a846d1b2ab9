# iY|2&6}ZE*J64xn'
let
  a = 1; # a

  # b
  b = { c.d = [ ]; inherit a; inherit (x) y z; };
in
{ inherit b; e = b ++ a; f = {}; }
