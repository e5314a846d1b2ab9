# :w^-W-y8{&e[%s9;
[
  # one
  ./a.nix # behind

  (f x) { } /* c */ ]
++ (with pkgs; [ a ]) ++ [ ]
