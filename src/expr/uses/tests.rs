//! What name resolution must do, as tables.

use super::*;
use crate::expr::Exprs;

/// Each use as `name:` and what it refers to: the offset of its binder, `with@` offset, `builtin` or `free`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let exprs = Exprs::parse(text).unwrap();
    let found: Vec<String> = exprs
        .uses(text)
        .into_iter()
        .map(|found| match found.binder {
            Binder::Bound(range) => format!("{}:{}", found.name, range.start),
            Binder::With(range) => format!("{}:with@{}", found.name, range.start),
            Binder::Builtin => format!("{}:builtin", found.name),
            Binder::Free => format!("{}:free", found.name),
        })
        .collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

#[test]
fn names_are_bound_as_nix_binds_them() {
    check("x: x y", "x:0 y:free");
    check("{ a, b ? a }@c: a b c", "a:2 a:2 b:5 c:13");
    check("c@{ a ? c, ... }: d", "c:0 d:free");
    check("let a = b; b = 1; in a", "b:11 a:4");
    check("{ a = b; b = 1; }", "b:free");
    check("rec { a = b; b.c = 1; }", "b:13");
    check("rec { \"a\" = 1; b = a; }", "a:6");
    check("let { a = b; b = 1; body = a; }", "b:13 a:6");
    check("a.b.c or d ? e", "a:free d:free");
    check("x: { ${x} = \"${x}/${./. + x}\"; }", "x:0 x:0 x:0");
    check("x: x: x", "x:3");
}

#[test]
fn inherit_looks_outside_its_own_set() {
    check("x: rec { inherit x; y = x; }", "x:0 x:17");
    check("x: let inherit x; in x", "x:0 x:15");
    check("let inherit (e) x; e = 1; in x", "e:19 x:16");
    check("{ inherit \"x\"; }", "x:free");
    check("x: { inherit x; y = z: { inherit z x; }; }", "x:0 z:20 x:0");
}

#[test]
fn with_comes_last_and_the_innermost_one_is_named() {
    check("with a; b", "a:free b:with@0");
    check("with a; with b; c", "a:free b:with@0 c:with@8");
    check("x: with a; x", "a:free x:0");
    check(
        "with a; map true __add",
        "a:free map:builtin true:builtin __add:builtin",
    );
    check("let map = 1; in map", "map:4");
}
