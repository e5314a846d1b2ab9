//! A recipe's Nix text as a tree, and the few questions that overlays and profiles share.

use std::ops::Range;

use rnix::ast;
use rnix::{ParseError, Root};

/// Generous for a file of a few packages. The parser recurses and backtracks: a longer run of `[` could overflow the
/// stack, which cannot be caught.
const MAX_BYTES: usize = 16 * 1024;

/// Why a text cannot be used, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unusable {
    pub range: Range<usize>,
    pub why: String,
}

/// The tree of `text`, which must be valid Nix.
pub(super) fn parse(text: &str) -> Result<Root, Unusable> {
    let unusable = |range, why: &str| Unusable {
        range,
        why: why.to_string(),
    };
    if text.len() > MAX_BYTES {
        return Err(unusable(0..text.len(), "the text is longer than 16 KiB"));
    }
    let parse = Root::parse(text);
    if let Some(error) = parse.errors().first() {
        let range = error_range(error).unwrap_or(text.len()..text.len());
        return Err(unusable(range, "the text is no valid Nix here"));
    }
    Ok(parse.tree())
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
pub(super) fn peel(mut expr: ast::Expr) -> Option<ast::Expr> {
    loop {
        expr = match expr {
            ast::Expr::Paren(paren) => paren.expr()?,
            ast::Expr::LetIn(let_in) => let_in.body()?,
            ast::Expr::With(with) => with.body()?,
            ast::Expr::Assert(assert) => assert.body()?,
            other => return Some(other),
        };
    }
}

pub(super) fn is_ident(expr: &ast::Expr, name: &str) -> bool {
    matches!(expr, ast::Expr::Ident(ident) if ident_name(ident).as_deref() == Some(name))
}

pub(super) fn ident_name(ident: &ast::Ident) -> Option<String> {
    Some(ident.ident_token()?.text().to_string())
}

/// The name of an attribute that is written out, quoted or not.
pub(super) fn attr_name(attr: &ast::Attr) -> Option<String> {
    match attr {
        ast::Attr::Ident(ident) => ident_name(ident),
        ast::Attr::Str(string) => match string.normalized_parts().as_slice() {
            [] => Some(String::new()),
            [ast::InterpolPart::Literal(text)] => Some(text.clone()),
            _ => None,
        },
        ast::Attr::Dynamic(_) => None,
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
