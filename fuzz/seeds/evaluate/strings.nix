''
  a ${"b" + ''c ${toString 1} '' } ''\n $${x}
'' + "\u{1}\${x}" + ./a/${"b"}/c.nix
