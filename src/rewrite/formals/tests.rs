//! What formals must do, as tables.

use super::*;
use crate::rewrite::tests::{applied, first};

#[track_caller]
fn check(table: &[(&str, &str)]) {
    for (before, after) in table {
        let before = format!("{before}: 1");
        let pattern: ast::Pattern = first(&before);
        assert_eq!(
            applied(&before, add_formal(&before, &pattern, "x")),
            format!("{after}: 1"),
            "{before:?}"
        );
    }
}

#[test]
fn a_formal_joins_others_on_one_line() {
    check(&[
        ("{ }", "{ x }"),
        ("{}", "{ x }"),
        ("{\n}", "{ x }"),
        ("{ self, nixpkgs }", "{ self, nixpkgs, x }"),
        ("{ self, nixpkgs, }", "{ self, nixpkgs, x, }"),
        ("{ self, nixpkgs, ... }", "{ self, nixpkgs, x, ... }"),
        ("{self, nixpkgs, ...}", "{self, nixpkgs, x, ...}"),
        ("{ ... }", "{ x, ... }"),
        ("{...}", "{x, ...}"),
        ("inputs@{ self, ... }", "inputs@{ self, x, ... }"),
        ("{ self, ... } @ inputs", "{ self, x, ... } @ inputs"),
        ("{ self /* c */ }", "{ self, x /* c */ }"),
        ("{ /* c */ }", "{ /* c */ x }"),
        ("{ a ? { b = 1; }, ... }", "{ a ? { b = 1; }, x, ... }"),
    ]);
}

#[test]
fn a_formal_gets_its_line_where_others_have_theirs() {
    check(&[
        (
            "{\n  self,\n  nixpkgs,\n  ...\n}",
            "{\n  self,\n  nixpkgs,\n  x,\n  ...\n}",
        ),
        (
            "{\r\n\tself,\r\n\tnixpkgs,\r\n}",
            "{\r\n\tself,\r\n\tnixpkgs,\r\n\tx,\r\n}",
        ),
        ("{\n  self,\n  nixpkgs\n}", "{\n  self,\n  nixpkgs,\n  x\n}"),
        (
            "{\n  self,\n  nixpkgs # c\n}",
            "{\n  self,\n  nixpkgs, # c\n  x\n}",
        ),
        (
            "{\n  self,\n  nixpkgs, # c\n  ...\n}",
            "{\n  self,\n  nixpkgs, # c\n  x,\n  ...\n}",
        ),
        (
            "{\n  self,\n  # rest\n  ...\n}",
            "{\n  self,\n  x,\n  # rest\n  ...\n}",
        ),
        (
            "{\n  self,\n  nixpkgs, ...\n}",
            "{\n  self,\n  nixpkgs, x, ...\n}",
        ),
        (
            "{\n  self, nixpkgs,\n  ...\n}",
            "{\n  self, nixpkgs,\n  x,\n  ...\n}",
        ),
        ("{ self,\n  nixpkgs }", "{ self,\n  nixpkgs,\n  x }"),
        ("{\n  ...\n}", "{\n  x,\n  ...\n}"),
        ("{\n  # c\n}", "{\n  # c\n  x\n}"),
    ]);
}

#[test]
fn leading_commas_stay_leading() {
    check(&[
        (
            "{ self\n, nixpkgs\n, ...\n}",
            "{ self\n, nixpkgs\n, x\n, ...\n}",
        ),
        (
            "{ self\n, nixpkgs # c\n, ...\n}@inputs",
            "{ self\n, nixpkgs # c\n, x\n, ...\n}@inputs",
        ),
        ("{ self\n, nixpkgs\n}", "{ self\n, nixpkgs\n, x\n}"),
        ("{ self\n, nixpkgs # c\n}", "{ self\n, nixpkgs # c\n, x\n}"),
        ("{ self\n, nixpkgs }", "{ self\n, nixpkgs\n, x }"),
        ("{ self\r\n, ...\r\n}", "{ self\r\n, x\r\n, ...\r\n}"),
    ]);
}

#[test]
fn a_set_becomes_the_body_of_a_function() {
    for (before, after) in [
        ("{\n  a = 1;\n}\n", "{ x, ... }:\n{\n  a = 1;\n}\n"),
        (
            "{\r\n  a = 1;\r\n}\r\n",
            "{ x, ... }:\r\n{\r\n  a = 1;\r\n}\r\n",
        ),
        ("{a = [1];}", "{x, ...}: {a = [1];}"),
    ] {
        let edit = make_function(0, "x", &Style::of(before));
        assert_eq!(applied(before, vec![edit]), after, "{before:?}");
    }
}
