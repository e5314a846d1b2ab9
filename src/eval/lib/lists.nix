# Lists.
lib:
let
  inherit (builtins)
    concatMap
    elem
    elemAt
    filter
    foldl'
    foldr
    genList
    head
    isList
    length
    ;
in
rec {
  singleton = x: [ x ];
  forEach = list: f: map f list;
  fold = foldr;
  foldl = foldl';
  toList = x: if isList x then x else [ x ];
  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: list: if condition then list else [ ];
  imap0 = f: list: genList (n: f n (elemAt list n)) (length list);
  imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
  imap = imap1;
  findFirst =
    test: default: list:
    let
      found = filter test list;
    in
    if found == [ ] then default else head found;
  findSingle =
    test: none: many: list:
    let
      found = filter test list;
    in
    if found == [ ] then
      none
    else if length found == 1 then
      head found
    else
      many;
  findFirstIndex =
    test: default: list:
    findFirst (n: test (elemAt list n)) default (genList (n: n) (length list));
  remove = x: filter (y: y != x);
  subtractLists = gone: filter (x: !(elem x gone));
  intersectLists = kept: filter (x: elem x kept);
  range = first: last: if first > last then [ ] else genList (n: first + n) (last - first + 1);
  take = n: list: genList (elemAt list) (lib.min n (length list));
  drop = n: list: genList (i: elemAt list (i + n)) (lib.max 0 (length list - n));
  zipListsWith =
    f: a: b:
    genList (n: f (elemAt a n) (elemAt b n)) (lib.min (length a) (length b));
  zipLists = zipListsWith (
    fst: snd: { inherit fst snd; }
  );
  partition = test: list: {
    right = filter test list;
    wrong = filter (x: !(test x)) list;
  };
  crossLists = f: foldl' (fs: args: concatMap (f: map f args) fs) [ f ];
  mutuallyExclusive = a: b: !(builtins.any (x: elem x a) b);
  sublist =
    start: count: list:
    take count (drop start list);
  replicate = n: x: genList (_: x) n;
  groupBy =
    f: list:
    foldl' (
      sum: x:
      let
        key = f x;
      in
      sum // { ${key} = (sum.${key} or [ ]) ++ [ x ]; }
    ) { } list;
}
