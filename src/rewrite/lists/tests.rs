//! What list items must do, as tables.

use super::*;
use crate::rewrite::tests::{applied, first};

#[track_caller]
fn check_append(item: &str, table: &[(&str, &str)]) {
    for (before, after) in table {
        assert_eq!(
            applied(before, append_list_item(before, &first(before), item)),
            *after,
            "{before:?}"
        );
    }
}

/// Removes the item `x`.
#[track_caller]
fn check_remove(table: &[(&str, &str)]) {
    for (before, after) in table {
        let list: ast::List = first(before);
        let item = list.items().find(|item| item.to_string() == "x").unwrap();
        assert_eq!(
            applied(before, remove_list_item(before, &list, &item)),
            *after,
            "{before:?}"
        );
    }
}

#[test]
fn an_item_is_appended_on_one_line() {
    check_append(
        "x",
        &[
            ("[ ]", "[ x ]"),
            ("[]", "[ x ]"),
            ("{inherit a;} // f []", "{inherit a;} // f [x]"),
            ("[ a b ]", "[ a b x ]"),
            ("[a b]", "[a b x]"),
            ("[ a /* c */ ]", "[ a /* c */ x ]"),
            ("[ /* none */ ]", "[ /* none */ x ]"),
            ("with y; [ ]", "with y; [ x ]"),
            ("[ (a: {\n  b = 1;\n}) ]", "[ (a: {\n  b = 1;\n}) x ]"),
        ],
    );
}

#[test]
fn an_item_is_appended_on_a_line_of_its_own() {
    check_append(
        "x",
        &[
            ("[\n  a\n]\n", "[\n  a\n  x\n]\n"),
            (
                "{\n\ti = [\n\t\ta\n\t];\n}",
                "{\n\ti = [\n\t\ta\n\t\tx\n\t];\n}",
            ),
            ("[\r\n  a # c\r\n]\r\n", "[\r\n  a # c\r\n  x\r\n]\r\n"),
            ("[\n   a\n   # c\n\n]", "[\n   a\n   # c\n   x\n\n]"),
            ("[\n]", "[\n  x\n]"),
            ("  [ \r\n\r\n\t\r\n  ]", "  [ \r\n    x\r\n\r\n\t\r\n  ]"),
            ("[ a\n  b ]", "[ a\n  b\n  x ]"),
            ("[ a # c\n]", "[ a # c\n  x\n]"),
            (
                "{\n  i = [ a\n        b\n      ];\n}",
                "{\n  i = [ a\n        b\n        x\n      ];\n}",
            ),
            ("[\n    # only\n]", "[\n    # only\n    x\n]"),
            ("[\n\n]", "[\n  x\n\n]"),
            ("{\n  i = [\n  ];\n}", "{\n  i = [\n    x\n  ];\n}"),
            ("[\n  a b\n  c\n\n  d\n]", "[\n  a b\n  c\n\n  d\n  x\n]"),
            ("[ # c\n]", "[ # c\n  x\n]"),
            ("[\n  ''\n b''\n]", "[\n  ''\n b''\n  x\n]"),
        ],
    );
}

#[test]
fn a_long_list_is_broken_where_its_blanks_can_stay() {
    let long = "a".repeat(96);
    let broken = format!("{{\n  i = [ {long} ];\n}}");
    let kept = format!("{{\n\ti = [ {long} ];\n}}");
    check_append(
        "x",
        &[
            (
                &broken,
                &format!("{{\n  i = [\n    {long}\n    x\n  ];\n}}"),
            ),
            (&kept, &format!("{{\n\ti = [ {long} x ];\n}}")),
        ],
    );
}

#[test]
fn an_item_of_several_lines_is_indented_to_its_place() {
    check_append(
        "{\n  b = 1;\n}",
        &[
            ("[ ]", "[\n  {\n    b = 1;\n  }\n]"),
            (
                "  [ a c ]",
                "  [\n    a\n    c\n    {\n      b = 1;\n    }\n  ]",
            ),
            ("[\r\n\ta\r\n]", "[\r\n\ta\r\n\t{\r\n\t\tb = 1;\r\n\t}\r\n]"),
            (
                "[ ({\n  a = 1;\n}) ]",
                "[ ({\n  a = 1;\n}) {\n  b = 1;\n} ]",
            ),
            ("[ /* c */ ]", "[\n  /* c */\n  {\n    b = 1;\n  }\n]"),
        ],
    );
}

#[test]
fn an_item_with_a_comment_never_swallows_code() {
    check_append(
        "x # c",
        &[
            ("[ a ]", "[\n  a\n  x # c\n]"),
            ("[\n  a ]", "[\n  a\n  x # c\n]"),
        ],
    );
}

#[test]
fn an_item_goes_with_its_line_and_trailing_comment() {
    check_remove(&[
        ("[\n  a\n  x\n  b\n]", "[\n  a\n  b\n]"),
        ("[\r\n  a\r\n  x # c\r\n  b\r\n]", "[\r\n  a\r\n  b\r\n]"),
        ("[\n  # above\n  x\n  b\n]", "[\n  # above\n  b\n]"),
        ("[\n  # above\n  x\n]", "[\n  # above\n]"),
        ("[\n  a\n\n  x\n\n  b\n]", "[\n  a\n\n  b\n]"),
        ("[\n  x\n\n  b\n]", "[\n  b\n]"),
        ("[\n  a\n\n  x\n]", "[\n  a\n]"),
        ("[ # c\n  x\n  b\n]", "[ # c\n  b\n]"),
        ("[ x # c\n  b ]", "[ b ]"),
    ]);
}

#[test]
fn an_item_that_shares_its_line_leaves_the_others() {
    check_remove(&[
        ("[ a x b ]", "[ a b ]"),
        ("[ \"a\" x\"b\" ]", "[ \"a\" \"b\" ]"),
        ("[ \"a\"x\"b\" ]", "[ \"a\" \"b\" ]"),
        ("[ x b ]", "[ b ]"),
        ("[a x]", "[a]"),
        ("[ a /* c */ x ]", "[ a /* c */ ]"),
        ("[\n  a\n  x b\n]", "[\n  a\n  b\n]"),
        ("[\n  a x\n  b\n]", "[\n  a\n  b\n]"),
        ("[\n  a x # c\n  b\n]", "[\n  a # c\n  b\n]"),
        ("[ a\n  x ]", "[ a ]"),
        ("[ a # c\n  x ]", "[ a # c\n  ]"),
        ("[ x\n  b ]", "[ b ]"),
    ]);
}

#[test]
fn an_emptied_list_closes_up() {
    check_remove(&[
        ("[ x ]", "[ ]"),
        ("[x]", "[]"),
        ("[\n  x # c\n]", "[ ]"),
        ("{a = [\n  x\n];}", "{a = [];}"),
    ]);
}

#[test]
fn a_comment_above_keeps_a_list_from_counting_as_empty() {
    for (text, expected) in [
        ("[ x ]", true),
        ("[ x # c\n]", true),
        ("[ # c\n x ]", false),
        ("[ x y ]", false),
    ] {
        let list: ast::List = first(text);
        let item = list.items().next().unwrap();
        assert_eq!(is_last_list_item(text, &list, &item), expected, "{text:?}");
    }
}
