let f = x: f (x + 1); xs = xs ++ [ 1 ]; r = rec { a = b; b = a; }; in { carbon = f 1; boron = builtins.head xs; nitrogen = r.a; }
