# gS0%0JtuI@$yU,M6
[
  # one
  ./a.nix # behind

  (f x) { } /* c */ ]
++ (with pkgs; [ a ]) ++ [ ]
