//! Takes an operand out of a `++`.
//!
//! ```nix
//! a ++ [ ]
//! ```
//! ->
//! ```nix
//! a
//! ```

use rnix::SyntaxKind::TOKEN_COMMENT;
use rnix::ast::{self, BinOpKind};
use rowan::ast::AstNode;

use crate::edit::Edit;
use crate::syntax::range_of;

/// Leaves of the `++` around `operand` the other side alone. `None` if it is no operand of one, or a comment stands between.
pub fn remove_operand(operand: &ast::Expr) -> Option<Edit> {
    let concat = ast::BinOp::cast(operand.syntax().parent()?)?;
    if concat.operator() != Some(BinOpKind::Concat) {
        return None;
    }
    let is_comment = |kind| kind == TOKEN_COMMENT;
    if concat.syntax().children_with_tokens().any(|element| is_comment(element.kind())) {
        return None;
    }
    let (left, right) = (range_of(&concat.lhs()?), range_of(&concat.rhs()?));
    let gone = if range_of(operand) == left { left.start..right.start } else { left.end..right.end };
    Some(Edit::delete(gone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::tests::{applied, first};

    #[test]
    fn the_other_operand_stays_as_it_is() {
        for (before, after) in [
            ("a ++ [ ]", Some("a")),
            ("[ ] ++ b", Some("b")),
            ("a ++ [ ] ++ c", Some("a ++ c")),
            ("f (a\n  ++ [ ])", Some("f (a)")),
            ("a /* c */ ++ [ ]", None),
            ("a // [ ]", None),
            ("f [ ]", None),
        ] {
            let list: ast::List = first(before);
            let edit = remove_operand(&ast::Expr::List(list));
            assert_eq!(edit.map(|edit| applied(before, vec![edit])).as_deref(), after, "{before:?}");
        }
    }
}
