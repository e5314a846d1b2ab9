{ "a b".${"c"} = assert true; 1; inherit ({ x = 1; }) x; __functor = self: x: x or (x ? y.z); } // { a = 1.5e3; b = -1; c = !true -> false || true && 1 < 2; }
