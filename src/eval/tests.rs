//! What expressions evaluate to: tables of source and value.

use super::operators::LONGEST_LIST;
use super::value::{Kind, TextPart, Thunk, Value};
use super::*;

/// The whole value as text; unknown parts as `?`.
fn show(ev: &Evaluator, value: &Value) -> String {
    match &value.kind {
        Kind::Null => "null".to_string(),
        Kind::Bool(value) => value.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Float(number) => number.to_string(),
        Kind::Text(text) => {
            let part = |part: &TextPart| match part {
                TextPart::Known(text) => text.to_string(),
                TextPart::Store(path) | TextPart::Copy(path) => format!("<{path}>"),
                TextPart::Unknown(_) => "?".to_string(),
            };
            format!("{:?}", text.parts.iter().map(part).collect::<String>())
        }
        Kind::Path(path) => path.to_string(),
        Kind::List(list) => {
            let items: Vec<_> = list
                .items()
                .map(|item| item.map_or("..?".to_string(), |item| show(ev, &ev.force(item))))
                .collect();
            format!("[{}]", items.join(" "))
        }
        Kind::Attrs(attrs) => {
            let entry = |(name, attr): (&Name, &value::Attr)| {
                format!("{name}={}", show(ev, &ev.force(&attr.value)))
            };
            let mut entries: Vec<_> = attrs.map.iter().map(entry).collect();
            entries.extend(attrs.rest.iter().map(|_| "..?".to_string()));
            format!("{{{}}}", entries.join(" "))
        }
        Kind::Choice(values) => values
            .iter()
            .map(|value| show(ev, value))
            .collect::<Vec<_>>()
            .join("|"),
        Kind::Lambda(_) | Kind::Primop(_) => "<function>".to_string(),
        Kind::Symbol(symbol) => symbol.to_string(),
        Kind::Call(call) => format!("{}(..)", show(ev, &call.function)),
        Kind::Pkgs(_) => "<pkgs>".to_string(),
        Kind::Unknown(_) => "?".to_string(),
    }
}

/// Evaluates `/main.nix` of a fixture, applied to `{ lib, inputs }` where it is a function.
fn evaluate(fixture: &str) -> String {
    let tree = crate::tree::fixture(fixture);
    let ev = Evaluator::new(tree);
    ev.set_inputs(Inputs {
        kinds: FxHashMap::from_iter([
            ("nixpkgs".into(), InputKind::Nixpkgs),
            ("other".into(), InputKind::Other),
        ]),
        ..Inputs::default()
    });
    let input =
        |name: &str| Thunk::done(Value::symbol(value::Root::Input(name.into()), Vec::new()));
    let inputs = Value::attrs([
        ("nixpkgs".into(), input("nixpkgs")),
        ("other".into(), input("other")),
    ]);
    let mut value = ev.import(&RepoPath::new("main.nix").unwrap());
    if matches!(value.kind, Kind::Lambda(_)) {
        let nixpkgs = Value::symbol(value::Root::Input("nixpkgs".into()), Vec::new());
        let arguments = [
            ("inputs".into(), Thunk::done(inputs)),
            ("lib".into(), Thunk::done(ev.select(&nixpkgs, "lib"))),
        ];
        value = ev.apply(&value, &Thunk::done(Value::attrs(arguments)));
    }
    show(&ev, &value)
}

fn check(cases: &[(&str, &str)]) {
    let run = || {
        for (source, expected) in cases {
            assert_eq!(
                evaluate(&format!("#- /main.nix\n{source}\n")),
                *expected,
                "{source}"
            );
        }
    };
    crate::stack::run_deep(run).unwrap();
}

#[test]
fn the_language() {
    check(&[
        ("let a = 1; b = a + 1; in { inherit a b; }", "{a=1 b=2}"),
        ("rec { a = b; b = 2; }", "{a=2 b=2}"),
        (
            "{ a.b.c = 1; a.b.d = 2; a.e = 3; }",
            "{a={b={c=1 d=2} e=3}}",
        ),
        ("{ a = { b = 1; }; a.c = 2; }", "{a={b=1 c=2}}"),
        (
            "let x = 1; in { inherit x; y = let x = 2; in x; }",
            "{x=1 y=2}",
        ),
        ("let s = { a = 1; }; in { inherit (s) a; }", "{a=1}"),
        ("with { a = 1; b = 1; }; let a = 2; in [ a b ]", "[2 1]"),
        ("with { a = 1; }; with { b = 2; }; [ a b ]", "[1 2]"),
        (
            "({ a, b ? a + 1, ... }@all: [ a b all.c ]) { a = 1; c = 9; }",
            "[1 2 9]",
        ),
        ("(x: y: x ++ y) [ 1 ] [ 2 ]", "[1 2]"),
        ("{ a = 1; } // { b = 2; a = 3; }", "{a=3 b=2}"),
        ("{ a.b = 1; }.a.b or 2", "1"),
        ("{ }.a.b or 2", "2"),
        ("{ a = 1; } ? a && !({ } ? a)", "true"),
        ("if 1 == 1 then \"x${\"y\"}z\" else throw \"no\"", "\"xyz\""),
        ("\"a\" + \"b\"", "\"ab\""),
        (
            r#"[ ("a" < "b") ("B" >= "a") (1 > 2) (1 <= 1) (1 < "a") ]"#,
            "[true false false true ?]",
        ),
        ("-(-9223372036854775807 - 1)", "?"),
        (
            r#"[ "" "''" "a\\b" "\${x}" "a$b" "$$" "c\td" ]"#,
            r#"["" "''" "a\\b" "${x}" "a$b" "$$" "c\td"]"#,
        ),
        (
            "[ (./a + \"b\") (./a + /${\"b\"}.nix) (./. + (/c)) ]",
            "[ab a/b.nix c]",
        ),
        (
            "[ /etc (\"a\" + /b) (./. + /../../up) (./. + \"x\") ]",
            "[? \"a?\" ? ?]",
        ),
        ("[ ({ outPath = ./a; } + /b) ]", "[\"<a>/b\"]"),
        (
            "{ inputs, ... }: [ (inputs.other + /b) (inputs.other.path + /b) ]",
            "[\"?/b\" \"??\"]",
        ),
        ("{ ${\"a\" + \"b\"} = 1; }", "{ab=1}"),
        ("[ 1 2 ] |> builtins.map (x: x + 1)", "[2 3]"),
        ("let f = { __functor = self: x: x; }; in f 3", "3"),
        ("let x = x; in x", "?"),
        ("let f = x: f x; in f 1", "?"),
        ("assert true; 1", "1"),
        ("''\n  a\n    b\n''", "\"a\\n  b\\n\""),
    ]);
}

#[test]
fn builtins_has_what_nix_has() {
    check(&[
        // `unique` is of `lib` alone.
        ("with { unique = 1; }; with builtins; unique", "1"),
        ("with { length = 1; }; with builtins; length [ ]", "0"),
        (
            "with { fromTOML = 1; }; builtins.isFunction fromTOML",
            "true",
        ),
        (
            "[ (builtins ? unique) (builtins ? groupBy) (builtins ? readFileType) (__length [ ]) ]",
            "[false true ? 0]",
        ),
        ("builtins.groupBy (x: x) [ \"a\" ]", "{a=[\"a\"]}"),
        ("builtins.readFileType ./main.nix", "\"regular\""),
        ("{ lib, ... }: [ (lib ? path) (lib ? toPath) ]", "[true ?]"),
    ]);
}

#[test]
fn what_is_not_known_stays_local() {
    check(&[
        ("[ 1 (undefined) 2 ]", "[1 ? 2]"),
        ("[ 1 ] ++ undefined ++ [ 2 ]", "[1 ..? 2]"),
        ("if undefined then [ 1 ] else [ 2 ]", "[1]|[2]"),
        ("builtins.map (x: x + 1) ([ 1 ] ++ undefined)", "[2 ..?]"),
        ("{ a = 1; } // undefined", "{a=? ..?}"),
        ("(undefined // { a = 1; }).a", "1"),
        (
            "{ lib, ... }: (lib.extend (final: prev: undefined // { a = 1; })).a",
            "1",
        ),
        (
            "{ lib, ... }: (lib.extend (final: prev: undefined // { a = 1; })).id 1",
            "?",
        ),
        (
            "{ a = 1; } // (if undefined then { b = 2; } else { })",
            "{a=1 b=2}|{a=1}",
        ),
        ("undefined && false", "false"),
        ("\"a${undefined}b\"", "\"a?b\""),
        (
            "{ inputs, ... }: inputs.other.nixosModules.x",
            "inputs.other.nixosModules.x",
        ),
        ("{ inputs, ... }: inputs.other.x or 1", "inputs.other.x|1"),
        // Both ways it is the same one.
        (
            "{ inputs, ... }: if undefined then inputs.other else inputs.other",
            "inputs.other",
        ),
        // Nix fails where it is missing.
        ("(if undefined then { a = 1; } else { }).a", "1"),
        ("(if undefined then { a = 1; } else { }).a or 2", "1|2"),
        ("(if undefined then { a = 1; } else { }).b or 2", "2"),
        ("(if undefined then { a = 1; } else { }) ? a", "?"),
        // What has no known name may be `b`, and comes first.
        (
            "builtins.listToAttrs [ { name = \"a\"; value = 1; } { name = undefined; value = 2; } { name = \"b\"; value = 3; } ]",
            "{a=1 b=? ..?}",
        ),
        (
            "builtins.attrNames (undefined // { a = 1; })",
            "[..? \"a\" ..?]",
        ),
        (
            "{ lib, ... }: (lib.recursiveUpdate undefined { a.b = 1; c = 2; })",
            "{a={b=1 ..?} c=2 ..?}",
        ),
        ("builtins.isString (undefined + \"/x\")", "?"),
    ]);
}

#[test]
fn a_library_merged_over_a_set_hides_what_has_one_of_its_names() {
    check(&[
        (
            "{ lib, ... }: let own = { mine = 1; optional = 2; } // lib; in [ own.mine own.fold own.optional ]",
            "[1 <function> ?]",
        ),
        (
            "{ lib, ... }: ({ mine = 1; } // lib).nixosSystem",
            "inputs.nixpkgs.lib.nixosSystem",
        ),
        (
            "{ lib, ... }: let own = { mine = 1; } // (lib // { its = 2; }); in [ own.mine own.its (own ? other) ]",
            "[1 2 ?]",
        ),
        (
            "{ inputs, lib, ... }: let own = inputs.other // { mine = 1; } // lib; in [ own.mine own.other ]",
            "[1 ?]",
        ),
        (
            "{ inputs, ... }: ({ mine = 1; } // inputs.other.lib).mine",
            "?",
        ),
        ("{ lib, ... }: ({ mine = 1; } // lib.strings).mine", "?"),
        (
            "{ lib, ... }: (lib.mergeAttrsList [ { mine = 1; } lib ]).mine",
            "1",
        ),
    ]);
}

#[test]
fn an_option_whose_definition_may_not_count_is_what_it_may_be() {
    let option = |kind: &str, definitions: &str| {
        format!(
            "{{ lib, inputs, ... }}: (lib.evalModules {{ modules = [ {{
              options.x = lib.mkOption {{ type = {kind}; default = [ 1 ]; }};
              config = lib.mkMerge [ {definitions} ];
            }} ]; }}).config.x"
        )
    };
    let list = |definitions| option("lib.types.listOf lib.types.int", definitions);
    let raw = |definitions| option("lib.types.raw", definitions);
    let cases = [
        (list("(lib.mkIf true { x = [ 2 ]; })"), "[2]"),
        (list("(lib.mkIf false { x = [ 2 ]; })"), "[1]"),
        (
            list("(lib.mkIf inputs.other.a { x = [ 2 ]; })"),
            "[..? ..?]",
        ),
        (
            list("{ x = [ 2 ]; } (lib.mkIf inputs.other.a { x = [ 3 ]; })"),
            "[2 ..?]",
        ),
        (
            list("{ x = [ 2 ]; } (lib.mkIf inputs.other.a { x = lib.mkForce [ 3 ]; })"),
            "[..? ..?]",
        ),
        (raw("(lib.mkIf true { x = [ 2 ]; })"), "[2]"),
        (raw("(lib.mkIf inputs.other.a { x = [ 2 ]; })"), "?"),
    ];
    let cases: Vec<_> = cases.iter().map(|(text, is)| (&**text, *is)).collect();
    check(&cases);
}

#[test]
fn functions_of_builtins_and_lib() {
    check(&[
        (
            "{ lib, ... }: lib.genAttrs [ \"a\" \"b\" ] (n: n + \"!\")",
            "{a=\"a!\" b=\"b!\"}",
        ),
        (
            "{ lib, ... }: lib.mapAttrs' (n: v: lib.nameValuePair (n + \"x\") v) { a = 1; }",
            "{ax=1}",
        ),
        (
            "{ lib, ... }: lib.attrsets.filterAttrs (n: v: v > 1) { a = 1; b = 2; }",
            "{b=2}",
        ),
        (
            "{ lib, ... }: with lib; optionals true [ 1 ] ++ optional false 2 ++ singleton 3",
            "[1 3]",
        ),
        ("{ lib, ... }: lib.flatten [ 1 [ 2 [ 3 ] ] ]", "[1 2 3]"),
        (
            "{ lib, ... }: lib.recursiveUpdate { a.b = 1; c = 2; } { a.d = 3; }",
            "{a={b=1 d=3} c=2}",
        ),
        (
            "{ lib, ... }: lib.pipe [ 1 2 3 ] [ (map (x: x * 2)) (lib.filter (x: x > 2)) ]",
            "[4 6]",
        ),
        ("{ lib, ... }: lib.foldl' (a: b: a + b) 0 [ 1 2 3 ]", "6"),
        (
            "{ lib, ... }: lib.listToAttrs [ { name = \"a\"; value = 1; } ]",
            "{a=1}",
        ),
        ("{ lib, ... }: lib.removeSuffix \".nix\" \"a.nix\"", "\"a\""),
        (
            "{ lib, ... }: (lib.extend (final: prev: { x = 1; y = final.x + 1; })).y",
            "2",
        ),
        (
            "{ lib, ... }: ((lib.extend (_: _: { x = 1; })).optional true 2)",
            "[2]",
        ),
        (
            "{ lib, ... }: lib.nixosSystem",
            "inputs.nixpkgs.lib.nixosSystem",
        ),
        (
            "{ lib, ... }: lib.fix (self: { a = 1; b = self.a; })",
            "{a=1 b=1}",
        ),
        ("{ lib, ... }: lib.sort (a: b: a < b) [ 3 1 2 ]", "[1 2 3]"),
        (
            r#"{ lib, ... }: lib.sort builtins.lessThan [ "b" "a" "B" ]"#,
            r#"["B" "a" "b"]"#,
        ),
        (
            "{ lib, ... }: lib.cartesianProduct { a = [ 1 2 ]; b = [ 3 ]; }",
            "[{a=1 b=3} {a=2 b=3}]",
        ),
        ("builtins.attrNames { b = 1; a = 2; }", "[\"a\" \"b\"]"),
        (
            "builtins.replaceStrings [ \".\" ] [ \"-\" ] \"a.b\"",
            "\"a-b\"",
        ),
        ("builtins.concatMap (x: [ x x ]) [ 1 2 ]", "[1 1 2 2]"),
        (
            "builtins.fromJSON \"{\\\"a\\\": [1, null]}\"",
            "{a=[1 null]}",
        ),
        (
            "{ inputs, ... }: import inputs.nixpkgs { system = \"x\"; }",
            "<pkgs>",
        ),
        (
            "{ inputs, ... }: (inputs.nixpkgs.legacyPackages.x86_64-linux).system",
            "\"x86_64-linux\"",
        ),
        (
            "{ inputs, ... }: import \"${inputs.nixpkgs}/nixos/lib/eval-config.nix\"",
            "inputs.nixpkgs.lib.nixosSystem",
        ),
        (
            "{ inputs, ... }: import (inputs.other.patched + \"/nixos/lib/eval-config.nix\")",
            "inputs.nixpkgs.lib.nixosSystem",
        ),
        (
            "{ inputs, ... }: let
              pkgs = import inputs.nixpkgs { system = \"x\"; };
              patched = pkgs.applyPatches { src = inputs.nixpkgs; patches = [ ]; };
            in
            ((import \"${patched}/flake.nix\").outputs { self = inputs.self; }).lib.nixosSystem",
            "inputs.nixpkgs.lib.nixosSystem",
        ),
    ]);
}

#[test]
fn files_are_found_as_nix_finds_them() {
    let tree = "
#- /main.nix
[ ./a (import ./a) (import (./. + \"/a/b.nix\") 1) ./a/${\"b\"}.nix (builtins.readDir ./a) \"${./a}/c\" ]
#- /a/default.nix
{ inherit (import ./b.nix 2) x; up = ../main.nix; }
#- /a/b.nix
x: { inherit x; }
";
    let expected =
        r#"[a {up=main.nix x=2} {x=1} a/b.nix {b.nix="regular" default.nix="regular"} "<a>/c"]"#;
    assert_eq!(evaluate(tree), expected);
}

#[test]
fn a_path_in_the_store_is_known_but_for_its_hash() {
    check(&[
        (
            "{ lib, ... }: let at = toString ./a/b.nix; in
            [ (lib.hasSuffix \".nix\" at) (lib.hasSuffix \"source/a/b.nix\" at) (lib.hasSuffix \"x/a/b.nix\" at) ]",
            "[true true false]",
        ),
        // A hash may end with `x`, but never with `e`, and no letter of it is a dash.
        (
            "{ lib, ... }: map (end: lib.hasSuffix \"${end}-source\" (toString ./.)) [ \"x\" \"e\" \"-\" \"\" ]",
            "[? false false true]",
        ),
        (
            "{ lib, ... }: map (infix: lib.hasInfix infix (toString ./a/_b.nix)) [ \"/_\" \"_c\" \"/-\" \"a\" \"7\" \"\" ]",
            "[true false false true ? true]",
        ),
        (
            "{ lib, ... }: map (start: lib.hasPrefix start (toString ./a/b)) [ (toString ./.) (toString ./a) (toString ./b) \"/nix/\" \"/etc\" ]",
            "[true true false true false]",
        ),
        (
            "{ lib, ... }: map (path: lib.removePrefix \"${toString ./.}/\" (toString path)) [ ./a ./a/b.nix ]",
            "[\"a\" \"a/b.nix\"]",
        ),
        (
            "{ lib, ... }: [ (lib.removeSuffix \".nix\" (toString ./a.nix)) (lib.removePrefix \"/etc\" (toString ./a)) ]",
            "[\"<.>/a\" \"<.>/a\"]",
        ),
        (
            "{ lib, ... }: lib.drop 3 (lib.splitString \"/\" (toString ./a/b))",
            "[? \"a\" \"b\"]",
        ),
        (
            "builtins.replaceStrings [ \"${toString ./.}/\" \"/\" ] [ \"\" \"-\" ] (toString ./a/b)",
            "\"a-b\"",
        ),
        ("builtins.substring (builtins.stringLength (toString ./.)) (-1) (toString ./a)", "\"/a\""),
        ("[ (toString ./a == toString ./a) (toString ./a == toString ./b) (toString ./a == \"x\") ]", "[true false false]"),
        ("{ lib, ... }: [ (lib.hasSuffix \".nix\" ./a/b.nix) (lib.hasInfix \"a\" ./a/b.nix) ]", "[true ?]"),
        ("{ lib, ... }: lib.hasSuffix \"a\" (builtins.path { path = ./a; name = \"b\"; })", "?"),
        ("[ (baseNameOf ./a/b) (baseNameOf (toString ./a)) (baseNameOf \"a/b\") (baseNameOf ./.) (baseNameOf \"${./a}\") ]",
         "[\"b\" \"a\" \"b\" ? ?]"),
        ("[ (dirOf ./a/b) (dirOf (toString ./a/b)) (dirOf \"a/b\") (dirOf \"a\") (dirOf \"/a\") ]",
         "[a \"<a>\" \"a\" \".\" \"/\"]"),
    ]);
}

#[test]
fn regular_expressions_match_as_in_nix() {
    let matched = |pattern: &str, text: &str| {
        evaluate(&format!(
            "#- /main.nix\nbuiltins.match ''{pattern}'' ''{text}''\n"
        ))
    };
    for (pattern, text, expected) in [
        (r".*\.nix", "a.nix", "[]"),
        (r".*\.nix", "anix", "null"),
        ("^(.*)[.]nix$", "a.b.nix", r#"["a.b"]"#),
        ("[^_].*", "_a", "null"),
        ("[]a-c.-]+", "a]-.c", "[]"),
        (r"[\]", r"\", "[]"),
        ("[[:alnum:]_]+-([0-9]{1,3})(x)?", "ab_1-42", "[? ?]"),
        ("[[:alnum:]_]+-([0-9]{1,3})", "ab_1-42", r#"["42"]"#),
        ("(a|ab)(c|bcd)", "abcd", "[? ?]"),
        ("a.c", "a\nc", "[]"),
        ("", "", "[]"),
        // What means different things to different engines, or nothing.
        ("a+?", "a", "?"),
        ("(a", "a", "?"),
        ("*a", "a", "?"),
        ("a||b", "a", "?"),
        (r"\d", "1", "?"),
        ("[[.a.]]", "a", "?"),
        ("a^b", "a", "?"),
        ("ä", "ä", "?"),
        (".", "ä", "?"),
    ] {
        assert_eq!(matched(pattern, text), expected, "{pattern} on {text}");
    }
}

#[test]
fn a_list_that_doubles_without_end_is_not_followed() {
    for double in ["l: l ++ l", "l: builtins.concatLists [ l l ]"] {
        let nested = format!("{}[ 1 ]{}", "d (".repeat(60), ")".repeat(60));
        let tree = format!("#- /main.nix\nlet d = {double}; in {nested}\n");
        let value =
            Evaluator::new(crate::tree::fixture(&tree)).import(&RepoPath::new("main.nix").unwrap());
        let Kind::List(list) = &value.kind else {
            continue;
        };
        assert!(list.parts.len() <= LONGEST_LIST);
    }
}

#[test]
fn a_string_that_doubles_without_end_is_not_followed() {
    let nested = format!("{}\"x\"{}", "d (".repeat(60), ")".repeat(60));
    let tree = format!("#- /main.nix\nlet d = s: s + \"${{s}}\"; in {nested}\n");
    let value =
        Evaluator::new(crate::tree::fixture(&tree)).import(&RepoPath::new("main.nix").unwrap());
    assert_eq!(value.as_text(), None);
}

#[test]
fn every_list_literal_remembers_its_place() {
    let tree = crate::tree::fixture("#- /main.nix\nlet base = [ 1 ]; in (x: base ++ x) [ 2 3 ]\n");
    let ev = Evaluator::new(tree);
    let value = ev.import(&RepoPath::new("main.nix").unwrap());
    let Kind::List(list) = value.kind else {
        panic!("a list")
    };
    let literals: Vec<_> = list
        .parts
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.site.origin().text().to_string(),
            _ => panic!("a literal"),
        })
        .collect();
    assert_eq!(literals, ["[ 1 ]", "[ 2 3 ]"]);
}

#[test]
fn names_that_are_computed_cannot_take_all_memory() {
    // Each is half a MiB, and kept for good.
    let large = "let twice = text: text + text; large = lib.foldl' (text: _: twice text) \"0123456789abcdef\" (lib.genList (n: n) 15); in";
    let count = |names: usize| {
        let text = format!(
            "{{ lib, ... }}: {large} builtins.length (builtins.attrNames (builtins.listToAttrs (map (n: {{ name = \"${{toString n}}${{large}}\"; value = n; }}) (lib.genList (n: n) {names}))))"
        );
        evaluate(&format!("#- /main.nix\n{text}\n"))
    };
    assert_eq!(count(3), "3");
    assert_eq!(count(100), "?");
}
