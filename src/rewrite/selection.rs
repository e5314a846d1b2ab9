//! What is selected from a value, and applied.

use rnix::ast;

use crate::edit::Edit;
use crate::syntax::range_of;

/// Adds `selection`, such as `.extendModules { }`, behind `expr`, in the parentheses that this needs.
///
/// ```nix
/// carbon = mkHost "carbon";
/// ```
/// ->
/// ```nix
/// carbon = (mkHost "carbon").extendModules { };
/// ```
pub fn append_selection(expr: &ast::Expr, selection: &str) -> Vec<Edit> {
    let range = range_of(expr);
    let is_plain = match expr {
        ast::Expr::Ident(_) | ast::Expr::Paren(_) => true,
        ast::Expr::Select(select) => select.or_token().is_none(),
        _ => false,
    };
    match is_plain {
        true => vec![Edit::insert(range.end, selection)],
        false => vec![
            Edit::insert(range.start, "("),
            Edit::insert(range.end, format!("){selection}")),
        ],
    }
}

#[cfg(test)]
mod tests {
    use rowan::ast::AstNode;

    use super::*;
    use crate::edit::FileEdits;

    #[test]
    fn what_binds_less_tightly_comes_in_parentheses() {
        for (value, expected) in [
            ("a", "a.x { }"),
            ("a.b", "a.b.x { }"),
            ("(f a)", "(f a).x { }"),
            ("f a", "(f a).x { }"),
            ("a.b or c", "(a.b or c).x { }"),
            ("f {\n  a = 1; # one\n}", "(f {\n  a = 1; # one\n}).x { }"),
            ("let a = f b; in a", "(let a = f b; in a).x { }"),
            ("with b; a", "(with b; a).x { }"),
        ] {
            let root = crate::syntax::parse(value).unwrap();
            let mut edits = FileEdits::default();
            for edit in append_selection(&root.expr().unwrap(), ".x { }") {
                edits.add(edit).unwrap();
            }
            assert_eq!(edits.apply(value), expected);
            assert!(root.syntax().text() == value);
        }
    }
}
