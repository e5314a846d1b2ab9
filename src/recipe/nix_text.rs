//! A recipe's Nix text as expressions, and the few questions that overlays and profiles share.

use std::ops::Range;

use rnix::{ParseError, Root};

use crate::expr::{AttrName, Expr, ExprId, Exprs, Name};

/// Generous for a file of a few packages. The parser recurses and backtracks: a longer run of `[` could overflow the
/// stack, which cannot be caught.
const MAX_BYTES: usize = 16 * 1024;

/// Why a text cannot be used, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unusable {
    pub range: Range<usize>,
    pub why: String,
}

/// The expressions of `text`, which must be valid Nix.
pub(super) fn parse(text: &str) -> Result<Exprs, Unusable> {
    let unusable = |range, why: &str| Unusable {
        range,
        why: why.to_string(),
    };
    if text.len() > MAX_BYTES {
        return Err(unusable(0..text.len(), "the text is longer than 16 KiB"));
    }
    Exprs::parse(text).map_err(|_| {
        // rnix says better where.
        let parsed = Root::parse(text);
        let range = parsed.errors().first().and_then(error_range);
        let range = range.unwrap_or(text.len()..text.len());
        unusable(range, "the text is no valid Nix here")
    })
}

fn error_range(error: &ParseError) -> Option<Range<usize>> {
    match error {
        ParseError::Unexpected(range)
        | ParseError::UnexpectedExtra(range)
        | ParseError::UnexpectedWanted(_, range, _)
        | ParseError::UnexpectedDoubleBind(range)
        | ParseError::DuplicatedArgs(range, _) => Some((*range).into()),
        _ => None,
    }
}

/// The expression inside parentheses, `let`, `with` and `assert`.
pub(super) fn peel(exprs: &Exprs, mut id: ExprId) -> ExprId {
    while let Expr::Paren(body)
    | Expr::LetIn(_, body)
    | Expr::With(_, body)
    | Expr::Assert(_, body) = exprs[id]
    {
        id = body;
    }
    id
}

/// Whether the expression is the variable `name`.
pub(super) fn is_ident(exprs: &Exprs, id: ExprId, name: &str) -> bool {
    matches!(exprs[id], Expr::Ident(ident) if &*ident == name)
}

/// The name of an attribute that is written out, quoted or not.
pub(super) fn attr_name(attr: &AttrName) -> Option<Name> {
    match attr {
        AttrName::Written(name, _) => Some(*name),
        AttrName::Computed(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syntax_error_is_placed_within_the_text() {
        for (text, range) in [("{ a = 1; b = ]; }", 13..14), ("{ a = 1;", 8..8)] {
            assert_eq!(parse(text).unwrap_err().range, range, "{text}");
        }
    }

    #[test]
    fn a_text_of_comments_or_of_absurd_length_is_refused() {
        assert_eq!(
            parse("# nothing").unwrap_err().why.as_str(),
            "the text is no valid Nix here"
        );
        let long = "[".repeat(MAX_BYTES + 1);
        assert_eq!(
            parse(&long).unwrap_err().why.as_str(),
            "the text is longer than 16 KiB"
        );
    }
}
