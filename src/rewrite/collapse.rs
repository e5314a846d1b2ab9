//! Takes away what a removal has left without meaning: an operand of `++`, a `let` around its last binding.

use rnix::SyntaxKind::TOKEN_COMMENT;
use rnix::ast::{self, BinOpKind, HasEntry};
use rowan::ast::AstNode;

use crate::edit::Edit;
use crate::syntax::range_of;

/// Leaves the other operand of the `++` that `operand` is one of, without the parentheses that only the `++` needed.
/// `None` if it is none, or a comment would be lost.
pub fn remove_operand(text: &str, operand: &ast::Expr) -> Option<Vec<Edit>> {
    let operation = ast::BinOp::cast(operand.syntax().parent()?)?;
    let (lhs, rhs) = (operation.lhs()?, operation.rhs()?);
    if operation.operator()? != BinOpKind::Concat {
        return None;
    }
    let other = if lhs == *operand { rhs } else { lhs };
    let whole = match operation.syntax().parent().and_then(ast::Paren::cast) {
        Some(paren) if is_atom(&other) => range_of(&paren),
        _ => range_of(&operation),
    };
    let kept = range_of(&other);
    let gone = [whole.start..kept.start, kept.end..whole.end];
    if gone.iter().any(|range| has_comment(&text[range.clone()])) {
        return None;
    }
    Some(
        gone.into_iter()
            .filter(|range| !range.is_empty())
            .map(Edit::delete)
            .collect(),
    )
}

/// Leaves the body of a `let` that has one binding, which goes with it. `None` if there are more, or a comment.
pub fn remove_let(let_in: &ast::LetIn) -> Option<Vec<Edit>> {
    let body = let_in.body()?;
    let head = let_in
        .syntax()
        .children_with_tokens()
        .take_while(|element| element.as_node() != Some(body.syntax()));
    let comment = head
        .into_iter()
        .any(|element| element.kind() == TOKEN_COMMENT);
    if let_in.entries().count() != 1 || comment {
        return None;
    }
    Some(vec![Edit::delete(
        range_of(let_in).start..range_of(&body).start,
    )])
}

fn has_comment(text: &str) -> bool {
    rnix::tokenize(text).any(|(kind, _)| kind == TOKEN_COMMENT)
}

/// Whether the expression needs no parentheses anywhere.
fn is_atom(expr: &ast::Expr) -> bool {
    matches!(
        expr,
        ast::Expr::Ident(_)
            | ast::Expr::List(_)
            | ast::Expr::AttrSet(_)
            | ast::Expr::Paren(_)
            | ast::Expr::Str(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::tests::{applied, first};

    #[test]
    fn the_other_operand_stays_with_no_more_parentheses_than_it_needs() {
        for (before, after) in [
            ("a ++ []", "a"),
            ("[] ++ a", "a"),
            ("a\n  ++ []", "a"),
            ("f (a ++ [])", "f a"),
            ("f (g a ++ [])", "f (g a)"),
            ("a ++ [] ++ b", "a ++ b"),
        ] {
            let list: ast::List = first(before);
            let edits = remove_operand(before, &list.into()).unwrap();
            assert_eq!(applied(before, edits), after, "{before:?}");
        }
        for kept in ["a /* why */ ++ []", "a + []", "[]"] {
            let list: ast::List = first(kept);
            assert_eq!(remove_operand(kept, &list.into()), None, "{kept:?}");
        }
    }

    #[test]
    fn a_let_goes_with_its_only_binding() {
        let before = "x: let\n  a = 1;\nin {\n  b = 2;\n}";
        assert_eq!(
            applied(before, remove_let(&first(before)).unwrap()),
            "x: {\n  b = 2;\n}"
        );
        for kept in ["let a = 1; b = 2; in a", "let a = 1; # why\nin a"] {
            assert_eq!(remove_let(&first(kept)), None, "{kept:?}");
        }
    }
}
