//! Operators, and the functions of `builtins` and `lib`, each where its result is wanted.

use crate::expression::{Type, Writer};

/// An expression of that type whose outermost form is its own.
pub fn write(writer: &mut Writer, wanted: &Type, depth: usize) -> String {
    let template = match wanted {
        Type::Bool => writer.tape.one(BOOL),
        Type::Int => writer.tape.one(INT),
        Type::Text => writer.tape.one(TEXT),
        Type::Path => writer.tape.one(PATH),
        Type::Place => writer.tape.one(PLACE),
        Type::List(of) if writer.tape.flag() => match **of {
            Type::Text => writer.tape.one(LIST_OF_TEXT),
            Type::Int => writer.tape.one(LIST_OF_INT),
            Type::Path => writer.tape.one(LIST_OF_PATH),
            _ => writer.tape.one(LIST),
        },
        Type::List(_) => writer.tape.one(LIST),
        Type::Set(of) if writer.tape.flag() => match **of {
            Type::Text => writer.tape.one(SET_OF_TEXT),
            Type::List(_) => writer.tape.one(SET_OF_LISTS),
            Type::Set(_) => writer.tape.one(SET_OF_SETS),
            _ => writer.tape.one(SET),
        },
        Type::Set(_) => writer.tape.one(SET),
    };
    fill(writer, template, wanted, depth - 1)
}

/// Fills the holes of a template. `@` is an item of what is wanted, and `?` of any type; `<BITLP>` are the types, `[..]` a list and
/// `{..}` a set of one, and `<AB:C>` is a function.
fn fill(writer: &mut Writer, template: &str, wanted: &Type, depth: usize) -> String {
    let item = match wanted {
        Type::List(of) | Type::Set(of) => (**of).clone(),
        other => other.clone(),
    };
    // The same one throughout a template.
    let any = writer.any_type(1);
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        // A comparison, and no hole.
        let Some((hole, after)) = after
            .split_once('>')
            .filter(|(hole, _)| !hole.contains(' '))
        else {
            text.push('<');
            rest = after;
            continue;
        };
        text.push_str(&match hole.split_once(':') {
            Some((arguments, result)) => {
                let mut of = Vec::new();
                let mut left = arguments;
                while !left.is_empty() {
                    let (next, after) = read(left, wanted, &item, &any);
                    of.push(next);
                    left = after;
                }
                let (result, _) = read(result, wanted, &item, &any);
                writer.function(&of.iter().collect::<Vec<_>>(), &result, depth)
            }
            None if hole == "k" => writer.key().to_string(),
            None => writer.write(&read(hole, wanted, &item, &any).0, depth),
        });
        rest = after;
    }
    text + rest
}

fn read<'h>(hole: &'h str, wanted: &Type, item: &Type, any: &Type) -> (Type, &'h str) {
    let inner = &hole[1..];
    match hole.as_bytes()[0] {
        b'B' => (Type::Bool, inner),
        b'I' => (Type::Int, inner),
        b'T' => (Type::Text, inner),
        b'P' => (Type::Path, inner),
        b'S' => (Type::Place, inner),
        b'=' => (wanted.clone(), inner),
        b'@' => (item.clone(), inner),
        b'?' => (any.clone(), inner),
        b'[' => {
            let (of, rest) = read(inner, wanted, item, any);
            (Type::List(Box::new(of)), &rest[1..])
        }
        b'{' => {
            let (of, rest) = read(inner, wanted, item, any);
            (Type::Set(Box::new(of)), &rest[1..])
        }
        other => panic!("no hole: {}", char::from(other)),
    }
}

const BOOL: &[&str] = &[
    "<B> && <B>",
    "<B> || <B>",
    "!<B>",
    "<B> -> <B>",
    "<I> == <I>",
    "<T> == <T>",
    "<?> == <?>",
    "<[T]> != <[T]>",
    "<{T}> == <{T}>",
    "<P> == <P>",
    "<I> < <I>",
    "<I> >= <I>",
    "<T> < <T>",
    "builtins.lessThan <I> <I>",
    "<{?}> ? <k>",
    "<{{I}}> ? a.b",
    "builtins.hasAttr <T> <{?}>",
    "builtins.elem <T> <[T]>",
    "builtins.elem <?> <[?]>",
    "lib.any <?:B> <[?]>",
    "builtins.all <?:B> <[?]>",
    "builtins.pathExists <P>",
    "lib.pathIsDirectory <P>",
    "builtins.isString <?>",
    "builtins.isAttrs <?>",
    "builtins.isPath <?>",
    "lib.isList <?>",
    "builtins.isFunction <?>",
    "lib.isFunction { __functor = self: <?:?>; }",
    "lib.functionArgs { __functor = self: { a, b ? 1 }: a; } == { a = false; b = true; }",
    "builtins.isInt <?>",
    "builtins.typeOf <?> == \"set\"",
    "builtins.isBool <?>",
    "isNull <?>",
    "lib.hasPrefix <T> <T>",
    "lib.hasSuffix <T> <T>",
    "lib.hasInfix <T> <T>",
    "lib.hasSuffix \".nix\" <S>",
    "lib.hasInfix \"/_\" <S>",
    "lib.hasInfix \"source/b\" <S>",
    "lib.hasSuffix (\"/\" + <T>) <S>",
    "lib.hasPrefix (<S> + \"/\") <S>",
    "<S> == <S>",
    "lib.hasPrefix <S> <S>",
    "lib.hasSuffix <T> <P>",
    "<S> == <S> + <T>",
    "builtins.match \".*\\\\.nix\" <T> != null",
    "builtins.match \"[^_/]*\" <T> != null",
    "builtins.match \"[[:alpha:]]+(-[a-z_]+)?\" <T> == null",
    "lib.mutuallyExclusive <[T]> <[T]>",
    "lib.hasAttrByPath [ <T> <T> ] <{{?}}>",
    "lib.and <B> <B>",
    "lib.or <B> <B>",
    "lib.isDerivation <?>",
    "(builtins.functionArgs (<?:?>)) == { }",
    "lib.id <B>",
    "lib.const <B> <?>",
];

const INT: &[&str] = &[
    "<I> + <I>",
    "<I> - <I>",
    "<I> * <I>",
    "-<I>",
    "builtins.length <[?]>",
    "builtins.stringLength <T>",
    "lib.foldl' <II:I> <I> <[I]>",
    "lib.foldr <II:I> <I> <[I]>",
    "lib.max <I> <I>",
    "lib.min <I> <I>",
    "lib.mod <I> 3",
    "<I> / 2",
    "builtins.add <I> <I>",
    "builtins.sub <I> <I>",
    "lib.flip <?I:I> <I> <?>",
    "lib.foldlAttrs <IT?:I> <I> <{?}>",
    "builtins.seq <?> <I>",
    "lib.pipe <?> [ <?:T> <T:I> ]",
    "lib.fix (self: <I>)",
    "(builtins.fromJSON (builtins.readFile ./f.json)).a or <I> == null",
    "(import ./a.nix).a",
    "builtins.elemAt (import ./b/c.nix) 1",
    "lib.foldl <II:I> <I> <[I]>",
    "lib.findFirstIndex <?:B> 3 <[?]>",
];

const TEXT: &[&str] = &[
    "<T> + <T>",
    "\"${<T>}-${<T>}\"",
    "toString <I>",
    "toString <B>",
    "toString <[I]>",
    "builtins.concatStringsSep <T> <[T]>",
    "lib.concatMapStrings <?:T> <[?]>",
    "lib.concatMapStringsSep <T> <?:T> <[?]>",
    "lib.concatStrings <[T]>",
    "lib.concatLines <[T]>",
    "lib.optionalString <B> <T>",
    "builtins.substring 1 2 <T>",
    "builtins.substring 0 (-1) <T>",
    "builtins.substring 2 9 <T>",
    "lib.removePrefix <T> <T>",
    "lib.removeSuffix <T> <T>",
    "lib.removePrefix (toString ./.) (toString ./. + <T>)",
    "builtins.replaceStrings [ \"a\" <T> \"b\" ] [ <T> \"y\" \"z\" ] (\"q\" + <T>)",
    "builtins.replaceStrings [ \"/\" \".nix\" ] [ \"-\" <T> ] <T>",
    "builtins.replaceStrings [ (toString ./.) \"/\" ] [ <T> \"-\" ] (toString ./. + <T>)",
    "lib.toLower <T>",
    "lib.toUpper <T>",
    "baseNameOf <T>",
    "baseNameOf <P>",
    "baseNameOf (<S> + \"/\" + <T>)",
    "dirOf <T>",
    "lib.boolToString <B>",
    "lib.escapeShellArg <T>",
    "lib.escapeShellArgs <[T]>",
    "builtins.typeOf <?>",
    "builtins.concatStringsSep \"-\" (lib.stringToCharacters <T>)",
    "lib.replaceString \"a\" <T> <T>",
    "builtins.readFile ./e.txt",
    "lib.fileContents ./e.txt",
    "lib.nameFromURL <T> \".\"",
    "lib.nameFromURL \"https://a.b/${<T>}.tar.gz\" \".\"",
    "builtins.head (lib.splitString <T> <T> ++ [ <T> ])",
    "lib.last (lib.splitString \"/\" (<S> + \"/b\"))",
    "(import ./a.nix).b",
    "builtins.head (builtins.attrNames <{?}> ++ [ <T> ])",
    "lib.id <T>",
    "(builtins.fromJSON (builtins.readFile ./f.json)).b.c",
    "builtins.head (builtins.match \"(.*)\\\\.nix\" (<T> + \".nix\"))",
    "builtins.head (import ./b <T>)",
    "builtins.readFileType or (_: \"regular\") ./a.nix",
    "(builtins.readDir ./.).b",
    "builtins.unsafeDiscardStringContext <T>",
    "lib.foldl' <TT:T> <T> <[T]>",
    "''\n  ${<T>}\n    b\n''",
    "lib.attrByPath [ \"a\" <T> ] <T> <{{T}}>",
    "lib.strings.concatStringsSep \"/\" (lib.drop 3 (lib.splitString \"/\" <T>))",
    "lib.warn \"w\" <T>",
];

const PATH: &[&str] = &[
    "./. + <T>",
    "./b + (\"/\" + <T>)",
    "<P> + \"/c.nix\"",
    "./b/${<T>}",
    "./${\"b\"}/c.nix",
    "dirOf ./b/c.nix",
    "lib.path.append ./. \"b\"",
    "<P> + (toString <I>)",
    "builtins.elemAt <[P]> 0",
];

const PLACE: &[&str] = &[
    "toString <P>",
    "dirOf <S>",
    "<S> + <T>",
    "lib.removeSuffix \".nix\" <S>",
    "\"${<S>}/${<T>}\"",
    "lib.removePrefix \"/etc\" <S>",
    "{ outPath = <S>; } + /b/c.nix",
];

const LIST: &[&str] = &[
    "[ <@> <@> ]",
    "<=> ++ <=>",
    "map <?:@> <[?]>",
    "builtins.filter <@:B> <=>",
    "builtins.concatMap <?:=> <[?]>",
    "builtins.concatLists [ <=> <=> ]",
    "builtins.genList <I:@> 3",
    "builtins.attrValues <{@}>",
    "lib.mapAttrsToList <T?:@> <{?}>",
    "lib.flatten [ <=> [ <=> ] ]",
    "lib.unique <=>",
    "lib.reverseList <=>",
    "lib.take 2 <=>",
    "lib.drop 1 <=>",
    "lib.sublist 1 2 <=>",
    "lib.optional <B> <@>",
    "lib.optionals <B> <=>",
    "lib.remove <@> <=>",
    "(lib.partition <@:B> <=>).right",
    "(lib.partition <@:B> <=>).wrong",
    "lib.init ([ <@> ] ++ <=>)",
    "builtins.tail ([ <@> ] ++ <=>)",
    "lib.imap0 <I?:@> <[?]>",
    "lib.imap1 <I?:@> <[?]>",
    "lib.subtractLists <=> <=>",
    "lib.intersectLists <=> <=>",
    "lib.catAttrs \"a\" <[{@}]>",
    "lib.singleton <@>",
    "lib.toList <@>",
    "lib.forEach <[?]> <?:@>",
    "lib.foldr (x: y: [ x ] ++ y) [ ] <=>",
    "lib.foldl' (x: y: [ y ] ++ x) [ ] <=>",
    "lib.zipListsWith <??:@> <[?]> <[?]>",
    "lib.replicate 2 <@>",
    "lib.attrVals [ \"a\" ] { a = <@>; }",
    "lib.concatMap <?:=> <[?]>",
    "lib.collect (x: !builtins.isAttrs x) <{@}>",
    "lib.concat <=> <=>",
    "lib.sort (x: y: false) <=>",
    "<{=}>.<k> or <=>",
    "lib.attrsets.attrValues (lib.filterAttrs <T@:B> <{@}>)",
    "lib.lists.findFirst (_: true) <=> <[=]>",
    "with lib; flatten (map (x: [ x ]) <=>)",
    "builtins.attrValues { inherit (<{@}> // { a = <@>; }) a; }",
    "map (x: x.value) (lib.attrsToList <{@}>)",
    "lib.crossLists <?:@> [ <[?]> ]",
];

const LIST_OF_TEXT: &[&str] = &[
    "builtins.attrNames <{?}>",
    "lib.splitString <T> <T>",
    "lib.splitString \"/\" <T>",
    "lib.attrNames (builtins.readDir <P>)",
    "builtins.sort (x: y: x < y) <[T]>",
    "lib.sort builtins.lessThan <[T]>",
    "map baseNameOf <[P]>",
    "lib.naturalSort <[T]>",
    "lib.mapAttrsToList (name: _: name) <{?}>",
    "lib.optionals (<T> != \"\") [ <T> ]",
    "map (x: x.a + x.b) (lib.cartesianProduct { a = <[T]>; b = <[T]>; })",
    "map (x: x.fst + x.snd) (lib.zipLists <[T]> <[T]>)",
    "lib.filter (lib.hasSuffix \".nix\") <[T]>",
    "builtins.match \"([a-z]*)(.*)\" <T>",
];

const LIST_OF_INT: &[&str] = &[
    "lib.range <I> 3",
    "builtins.sort builtins.lessThan <[I]>",
    "lib.sort (x: y: x > y) <[I]>",
    "builtins.genList (n: n * n) 4",
    "import ./b/c.nix",
    "map builtins.stringLength <[T]>",
    "lib.sort (x: y: lib.mod x 2 < lib.mod y 2) <[I]>",
];

const LIST_OF_PATH: &[&str] = &[
    "lib.filesystem.listFilesRecursive ./b",
    "lib.sort (x: y: toString x < toString y) (lib.filesystem.listFilesRecursive ./.)",
    "map (name: ./b + \"/${name}\") (builtins.attrNames (builtins.readDir ./b))",
    "builtins.filter (p: lib.hasSuffix \".nix\" (toString p)) (lib.filesystem.listFilesRecursive ./.)",
    "builtins.filter (p: !lib.hasInfix \"/_\" (toString p)) <[P]>",
    "lib.filter builtins.pathExists <[P]>",
    "lib.filter (lib.hasSuffix \".nix\") (lib.filesystem.listFilesRecursive ./b)",
];

const SET: &[&str] = &[
    "{ a = <@>; <k> = <@>; }",
    "{ a = <@>; } // { b = <@>; }",
    "rec { a = <@>; b = a; }",
    "let a = <@>; in { inherit a; }",
    "{ inherit ({ a = <@>; b = 1; }) a; }",
    "<=> // <=>",
    "lib.mapAttrs <T?:@> <{?}>",
    "lib.filterAttrs <T@:B> <=>",
    "builtins.listToAttrs [ { name = <T>; value = <@>; } { name = <T>; value = <@>; } ]",
    "lib.genAttrs <[T]> <T:@>",
    "builtins.removeAttrs <=> [ \"a\" <T> ]",
    "builtins.intersectAttrs <{?}> <=>",
    "lib.recursiveUpdate <=> <=>",
    "lib.mapAttrs' (name: value: lib.nameValuePair (name + <T>) value) <=>",
    "lib.optionalAttrs <B> <=>",
    "lib.getAttrs [ \"a\" ] { a = <@>; b = <@>; }",
    "lib.foldl' (x: y: x // y) { } <[=]>",
    "lib.mergeAttrsList <[=]>",
    "lib.attrByPath [ \"a\" ] <=> <{=}>",
    "lib.setAttrByPath [ <T> ] <@>",
    "lib.zipAttrsWith (name: values: builtins.head values) <[=]>",
    "lib.concatMapAttrs (name: value: { ${name + \"x\"} = value; ${name} = value; }) <=>",
    "lib.mapAttrsRecursive (path: value: value) <=>",
    "lib.fix (self: { a = <@>; b = self.a; })",
    "lib.extends (final: prev: { b = prev.a; }) (final: { a = <@>; }) { }",
    "lib.getAttrFromPath [ \"a\" ] { a = <=>; }",
    "lib.foldAttrs (x: y: x) <@> <[=]>",
    "lib.recurseIntoAttrs { } // <=>",
    "lib.composeExtensions (final: prev: { a = <@>; }) (final: prev: { b = prev.a; }) { } { }",
    "lib.composeManyExtensions [ (final: prev: { a = <@>; }) (final: prev: prev) ] { } <=>",
    "lib.mergeAttrs <=> <=>",
    "removeAttrs (<=> // { __z = 1; }) [ \"__z\" ]",
    "lib.updateManyAttrsByPath [ { path = [ \"a\" ]; update = old: <@>; } ] <=>",
    "lib.genAttrs' <[T]> (n: lib.nameValuePair n <@>)",
    "lib.mapAttrsRecursiveCond (x: false) (path: value: value) <=>",
    "lib.filterAttrsRecursive (name: value: name != \"a\") <=>",
    "lib.mapAttrs (name: lib.id) <=>",
    "with { a = <@>; }; { inherit a; }",
    "builtins.listToAttrs (map (x: { name = x.name; value = x.value; }) (lib.attrsToList <=>))",
    "{ ${if <B> then <T> else null} = <@>; }",
];

const SET_OF_TEXT: &[&str] = &[
    "builtins.readDir <P>",
    "builtins.readDir ./b",
    "lib.mapAttrs (name: type: name + type) (builtins.readDir ./.)",
    "lib.genAttrs <[T]> lib.id",
    "{ a.b = <T>; }.a",
];

const SET_OF_LISTS: &[&str] = &[
    "lib.zipAttrsWith (name: values: builtins.concatLists values) <[=]>",
    "lib.foldAttrs (x: y: x ++ y) [ ] <[=]>",
    "lib.mapAttrs (name: value: value ++ value) <=>",
];

const SET_OF_SETS: &[&str] = &[
    "lib.recursiveUpdate <=> <=>",
    "lib.mapAttrs (name: value: value // value) <=>",
    "lib.foldl' lib.recursiveUpdate { } <[=]>",
    "lib.recursiveUpdateUntil (path: l: r: path == [ \"a\" ]) <=> <=>",
];
