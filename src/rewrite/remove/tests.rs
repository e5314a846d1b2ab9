//! What the removal of bindings must do, as tables.

use rnix::ast::{self, HasEntry};

use crate::rewrite::remove_binding;
use crate::rewrite::tests::{applied, first};

/// Removes the second entry, or the first if it is alone.
#[track_caller]
fn check_remove(table: &[(&str, &str)]) {
    for (before, after) in table {
        let entries: Vec<_> = first::<ast::AttrSet>(before).entries().collect();
        let entry = entries.get(1).unwrap_or(&entries[0]);
        assert_eq!(
            applied(before, remove_binding(before, entry)),
            *after,
            "{before:?}"
        );
    }
}

#[test]
fn a_binding_goes_with_its_comments() {
    check_remove(&[
        ("{ a = 1; b = 2; }", "{ a = 1; }"),
        ("{ a = 1; b = 2; c = 3; }", "{ a = 1; c = 3; }"),
        ("{ a = 1; }", "{ }"),
        ("{a = 1;}", "{}"),
        ("{\n  # c\n  a = 1; # d\n}", "{ }"),
        (
            "{\n  a = 1;\n  # c\n  # d\n  b = 2; # e\n  c = 3;\n}",
            "{\n  a = 1;\n  c = 3;\n}",
        ),
        (
            "{\n  a = 1;\n  # keep\n\n  # c\n  b = 2;\n\n  c = 3;\n}",
            "{\n  a = 1;\n  # keep\n\n  c = 3;\n}",
        ),
        (
            "{\r\n  a = 1;\r\n\r\n  b = {\r\n  };\r\n}",
            "{\r\n  a = 1;\r\n}",
        ),
        ("{\n  a = 1; # keep\n  b = 2;\n}", "{\n  a = 1; # keep\n}"),
        (
            "{\n  a = 1;\n  /* c\n     d */\n  b = 2;\n  c = 3;\n}",
            "{\n  a = 1;\n  c = 3;\n}",
        ),
        (
            "{\n  a = 1;\n  b = 2; c = 3;\n}",
            "{\n  a = 1;\n  c = 3;\n}",
        ),
        ("{ a = 1;\n  b = 2; }", "{ a = 1; }"),
        ("{ a = 1; # c\n  b = 2; }", "{ a = 1; # c\n  }"),
    ]);
}

#[test]
fn an_emptied_let_keeps_its_lines() {
    for (before, after) in [
        ("let a = 1; in 2", "let in 2"),
        ("x: let\r\n  a = 1;\r\nin {\r\n}", "x: let\r\nin {\r\n}"),
        (
            "{\n  b = let\n    a = 1;\n    in 2;\n}",
            "{\n  b = let\n    in 2;\n}",
        ),
    ] {
        let entry = first::<ast::LetIn>(before).entries().next().unwrap();
        assert_eq!(
            applied(before, remove_binding(before, &entry)),
            after,
            "{before:?}"
        );
    }
}
