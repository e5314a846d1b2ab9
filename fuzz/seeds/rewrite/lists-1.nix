# 3jt_W+oB4gkR>9;{
[
  # one
  ./a.nix # behind

  (f x) { } /* c */ ]
++ (with pkgs; [ a ]) ++ [ ]
