//! What additions to list expressions must do, as tables.

use super::*;
use crate::rewrite::tests::applied;
use crate::syntax::{node_at, parse};

/// Appends to the expression between the marks `«` and `»`.
#[track_caller]
fn check(item: &str, table: &[(&str, &str)]) {
    for (marked, after) in table {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let before = marked.replace(['«', '»'], "");
        let expr: ast::Expr = node_at(&parse(&before).unwrap(), start..end).unwrap();
        assert_eq!(
            applied(&before, append_to_list_expr(&before, &expr, item)),
            *after,
            "{marked:?}"
        );
    }
}

#[test]
fn a_literal_list_takes_the_item_itself() {
    check(
        "x",
        &[
            ("«[ a ]»", "[ a x ]"),
            ("«([ a ])»", "([ a x ])"),
            ("«a ++ [ b ]»", "a ++ [ b x ]"),
            ("«a ++ (b ++ [ ])»", "a ++ (b ++ [ x ])"),
            ("«f [ a ] ++ [\n  b\n]»", "f [ a ] ++ [\n  b\n  x\n]"),
        ],
    );
}

#[test]
fn what_binds_less_tightly_is_put_in_parentheses() {
    check(
        "x",
        &[
            ("{ a = «b»; }", "{ a = b ++ [ x ]; }"),
            ("«f a»", "f a ++ [ x ]"),
            ("«a.b or c»", "a.b or c ++ [ x ]"),
            ("«[ a ] ++ b»", "[ a ] ++ b ++ [ x ]"),
            ("«with a; [ b ]»", "(with a; [ b ]) ++ [ x ]"),
            (
                "«if a then b else [ c ]»",
                "(if a then b else [ c ]) ++ [ x ]",
            ),
            ("«let a = 1; in [ a ]»", "(let a = 1; in [ a ]) ++ [ x ]"),
            ("«assert a; b»", "(assert a; b) ++ [ x ]"),
            ("«a // b»", "(a // b) ++ [ x ]"),
            ("«a |> b»", "(a |> b) ++ [ x ]"),
            ("«a + b»", "(a + b) ++ [ x ]"),
            ("«(if a then b else c)»", "(if a then b else c) ++ [ x ]"),
            ("{a = «b»;}", "{a = b ++ [x];}"),
        ],
    );
}

#[test]
fn the_place_gets_parentheses_where_it_needs_them() {
    check(
        "x",
        &[
            ("f «a»", "f (a ++ [ x ])"),
            ("f «(g a)»", "f (g a ++ [ x ])"),
            ("f «(with a; b)»", "f ((with a; b) ++ [ x ])"),
            ("[ «a» ]", "[ (a ++ [ x ]) ]"),
            ("with «a»; b", "with a ++ [ x ]; b"),
            ("with a; «b»", "with a; b ++ [ x ]"),
            ("a: «b»", "a: b ++ [ x ]"),
            ("if a then «b» else c", "if a then b ++ [ x ] else c"),
            ("a // «b»", "a // b ++ [ x ]"),
            ("«a» ++ b", "a ++ [ x ] ++ b"),
            ("\"${«a»}\"", "\"${a ++ [ x ]}\""),
        ],
    );
}

#[test]
fn several_lines_stay_several_lines() {
    check(
        "x",
        &[
            (
                "{\n  a =\n    «b\n    ++ c»;\n}",
                "{\n  a =\n    b\n    ++ c\n    ++ [ x ];\n}",
            ),
            (
                "{\r\n\ta = «with b; [\r\n\t\tc\r\n\t]»;\r\n}",
                "{\r\n\ta = (with b; [\r\n\t\tc\r\n\t]) ++ [ x ];\r\n}",
            ),
        ],
    );
    check(
        "{\n  y = 1;\n}",
        &[(
            "{\n  a = «b»;\n}",
            "{\n  a = b ++ [\n    {\n      y = 1;\n    }\n  ];\n}",
        )],
    );
}
