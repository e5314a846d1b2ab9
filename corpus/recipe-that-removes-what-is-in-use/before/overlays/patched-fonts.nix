final: prev: { wide-iosevka = prev.iosevka; }
