//! What bindings must do, as tables.

use rnix::ast::HasEntry;

use super::*;
use crate::rewrite::tests::{applied, first};

#[track_caller]
fn check_add(position: &Position, binding: &str, table: &[(&str, &str)]) {
    for (before, after) in table {
        let set: ast::AttrSet = first(before);
        assert_eq!(
            applied(before, add_binding(before, &set, position, binding)),
            *after,
            "{before:?}"
        );
    }
}

#[test]
fn a_short_binding_follows_the_layout() {
    check_add(
        &Position::Last,
        "x = 1;",
        &[
            ("{ }", "{ x = 1; }"),
            ("{}", "{ x = 1; }"),
            ("{inherit y;} // {}", "{inherit y; x = 1;} // {}"),
            ("{ a = 1; }", "{ a = 1; x = 1; }"),
            ("rec { a = 1; }", "rec { a = 1; x = 1; }"),
            ("{\n  a = 1;\n}\n", "{\n  a = 1;\n  x = 1;\n}\n"),
            (
                "{\r\n\ta = 1; # c\r\n}",
                "{\r\n\ta = 1; # c\r\n\tx = 1;\r\n}",
            ),
            (
                "{\n  a = 1;\n\n  b = 1;\n}",
                "{\n  a = 1;\n\n  b = 1;\n\n  x = 1;\n}",
            ),
            (
                "{\n  a = 1;\n  # b = 1;\n}",
                "{\n  a = 1;\n  # b = 1;\n  x = 1;\n}",
            ),
            ("{\n}", "{\n  x = 1;\n}"),
            ("{\n      # c\n}", "{\n      # c\n      x = 1;\n}"),
            ("{ a = 1;\n  b = 1; }", "{ a = 1;\n  b = 1;\n  x = 1; }"),
            ("{ a = {\n  b = 1;\n}; }", "{ a = {\n  b = 1;\n}; x = 1; }"),
            ("let a = { }; in a", "let a = { x = 1; }; in a"),
        ],
    );
}

#[test]
fn an_empty_set_of_a_tight_file_becomes_tight() {
    let text = "{a}: {b = {};}";
    let root = crate::syntax::parse(text).unwrap();
    let set: ast::AttrSet = crate::syntax::node_at(&root, 10..12).unwrap();
    let after = applied(text, add_binding(text, &set, &Position::Last, "x = 1;"));
    assert_eq!(after, "{a}: {b = {x = 1;};}");
}

#[test]
fn a_binding_of_several_lines_is_indented_to_its_place() {
    check_add(
        &Position::Last,
        "x = {\n  y = 1;\n};",
        &[
            ("{ }", "{\n  x = {\n    y = 1;\n  };\n}"),
            (
                "{ a = 1; b = 2; }",
                "{\n  a = 1;\n  b = 2;\n  x = {\n    y = 1;\n  };\n}",
            ),
            ("{a = 1;}", "{\n  a = 1;\n  x = {\n    y = 1;\n  };\n}"),
            (
                "{\n    a = 1;\n}",
                "{\n    a = 1;\n    x = {\n        y = 1;\n    };\n}",
            ),
            (
                "{\n  a = 1;\n\n  # c\n  b = {\n    c = 1;\n  };\n}",
                "{\n  a = 1;\n\n  # c\n  b = {\n    c = 1;\n  };\n\n  x = {\n    y = 1;\n  };\n}",
            ),
            (
                "{\n  a = {\n  };\n\n  b = 1;\n  c = 1;\n}",
                "{\n  a = {\n  };\n\n  b = 1;\n  c = 1;\n\n  x = {\n    y = 1;\n  };\n}",
            ),
        ],
    );
}

#[test]
fn a_binding_goes_first() {
    check_add(
        &Position::First,
        "x = 1;",
        &[
            ("{ a = 1; }", "{ x = 1; a = 1; }"),
            ("{\n  # c\n  a = 1;\n}", "{\n  x = 1;\n\n  # c\n  a = 1;\n}"),
            ("{ # c\n  a = 1;\n}", "{ # c\n  x = 1;\n  a = 1;\n}"),
            ("{\n\n  a = 1;\n}", "{\n  x = 1;\n\n  a = 1;\n}"),
            (
                "{ # c\r\n \r\n  a = 1;\r\n\r\n  b = 1;\r\n}",
                "{ # c\r\n  x = 1;\r\n \r\n  a = 1;\r\n\r\n  b = 1;\r\n}",
            ),
            (
                "{\n  a = 1;\n\n  b = 1;\n}",
                "{\n  x = 1;\n\n  a = 1;\n\n  b = 1;\n}",
            ),
            ("{ a = 1;\n  b = 1; }", "{ x = 1;\n  a = 1;\n  b = 1; }"),
        ],
    );
}

#[test]
fn a_binding_goes_next_to_another() {
    for (before, index, after) in [
        ("{ a = 1; b = 2; }", 0, "{ a = 1; x = 1; b = 2; }"),
        (
            "{\n  a = 1; # c\n  # d\n  b = 2;\n}",
            0,
            "{\n  a = 1; # c\n  x = 1;\n  # d\n  b = 2;\n}",
        ),
        (
            "{\n  a = 1;\n\n  b = 2;\n}",
            0,
            "{\n  a = 1;\n\n  x = 1;\n\n  b = 2;\n}",
        ),
        (
            "{\n  a = 1; b = 2;\n}",
            0,
            "{\n  a = 1;\n  x = 1;\n  b = 2;\n}",
        ),
        (
            "{\n  a = 1;\n  # end\n}",
            0,
            "{\n  a = 1;\n  x = 1;\n  # end\n}",
        ),
        ("{\n  a = 1; }", 0, "{\n  a = 1;\n  x = 1; }"),
    ] {
        let set: ast::AttrSet = first(before);
        let position = Position::After(range_of(&set.entries().nth(index).unwrap()));
        assert_eq!(
            applied(before, add_binding(before, &set, &position, "x = 1;")),
            after,
            "{before:?}"
        );
    }
    let before = "{\n  a = 1;\n  # d\n  b = 2;\n}";
    let set: ast::AttrSet = first(before);
    let position = Position::Before(range_of(&set.entries().nth(1).unwrap()));
    let after = "{\n  a = 1;\n  x = 1;\n  # d\n  b = 2;\n}";
    assert_eq!(
        applied(before, add_binding(before, &set, &position, "x = 1;")),
        after
    );
}

#[test]
fn a_binding_joins_those_that_begin_with_the_same_name() {
    for (before, after) in [
        (
            "{\n  a.b = 1;\n\n  c = {\n  };\n}",
            "{\n  a.b = 1;\n  a.x = {\n  };\n\n  c = {\n  };\n}",
        ),
        (
            "{\n  c = {\n  };\n\n  a.b = 1;\n}",
            "{\n  c = {\n  };\n\n  a.b = 1;\n  a.x = {\n  };\n}",
        ),
        (
            "{\n  a.b = 1;\n\n  a.c = 1;\n}",
            "{\n  a.b = 1;\n\n  a.c = 1;\n\n  a.x = {\n  };\n}",
        ),
    ] {
        let set: ast::AttrSet = first(before);
        let last = set
            .entries()
            .filter(|entry| entry.to_string().starts_with("a."));
        let position = Position::After(range_of(&last.last().unwrap()));
        let edits = add_binding(before, &set, &position, "a.x = {\n};");
        assert_eq!(applied(before, edits), after, "{before:?}");
    }
}

#[test]
fn let_takes_bindings_like_a_set() {
    for (before, after) in [
        ("let a = 1; in a", "let a = 1; x = 1; in a"),
        ("let\n  a = 1;\nin\na", "let\n  a = 1;\n  x = 1;\nin\na"),
        ("let in a", "let x = 1; in a"),
        (
            "x:\n  let\n    # c\n  in a",
            "x:\n  let\n    # c\n    x = 1;\n  in a",
        ),
    ] {
        let set: ast::LetIn = first(before);
        assert_eq!(
            applied(before, add_binding(before, &set, &Position::Last, "x = 1;")),
            after,
            "{before:?}"
        );
    }
}
