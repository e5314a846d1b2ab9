# ld>@Pf-<tFA>2Q8h
[
  # one
  ./a.nix # behind

  (f x) { } /* c */ ]
++ (with pkgs; [ a ]) ++ [ ]
