# Lists.
lib: rec {
  inherit (builtins) all any concatLists concatMap elem elemAt filter foldl' genList groupBy head isList length map partition sort tail;
  singleton = x: [ x ];
  forEach = xs: f: map f xs;
  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  toList = x: if builtins.isList x then x else [ x ];
  flatten = x: if builtins.isList x then builtins.concatMap flatten x else [ x ];
  unique = builtins.foldl' (acc: x: if builtins.elem x acc then acc else acc ++ [ x ]) [ ];
  uniqueStrings = xs: builtins.attrNames (lib.genAttrs xs (_: null));
  foldl = op: nul: xs: builtins.foldl' op nul xs;
  foldr = op: nul: xs: if xs == [ ] then nul else op (builtins.head xs) (foldr op nul (builtins.tail xs));
  fold = foldr;
  range = a: b: if a > b then [ ] else builtins.genList (n: a + n) (b - a + 1);
  replicate = n: x: builtins.genList (_: x) n;
  imap0 = f: xs: builtins.genList (n: f n (builtins.elemAt xs n)) (builtins.length xs);
  imap1 = f: imap0 (n: f (n + 1));
  remove = e: builtins.filter (x: x != e);
  subtractLists = gone: builtins.filter (x: !builtins.elem x gone);
  intersectLists = keep: builtins.filter (x: builtins.elem x keep);
  take = n: xs: builtins.genList (builtins.elemAt xs) (lib.min n (builtins.length xs));
  drop = n: xs: builtins.genList (i: builtins.elemAt xs (n + i)) (lib.max 0 (builtins.length xs - n));
  sublist = start: count: xs: take count (drop start xs);
  init = xs: take (builtins.length xs - 1) xs;
  last = xs: builtins.elemAt xs (builtins.length xs - 1);
  reverseList = xs: builtins.genList (n: builtins.elemAt xs (builtins.length xs - n - 1)) (builtins.length xs);
  findFirst =
    pred: default: xs:
    let
      found = builtins.filter pred xs;
    in
    if found == [ ] then default else builtins.head found;
  count = pred: xs: builtins.length (builtins.filter pred xs);
  zipListsWith =
    f: a: b:
    builtins.genList (n: f (builtins.elemAt a n) (builtins.elemAt b n)) (lib.min (builtins.length a) (builtins.length b));
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });
  crossLists = f: builtins.foldl' (fs: args: builtins.concatMap (g: map g args) fs) [ f ];
  mapCartesianProduct = f: set: map f (lib.cartesianProduct set);
  naturalSort = builtins.sort builtins.lessThan;
  sortOn = f: builtins.sort (a: b: f a < f b);
  allUnique = xs: builtins.length (unique xs) == builtins.length xs;
}
