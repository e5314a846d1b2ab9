//! The at-name of a pattern.

use rnix::ast;

use super::style::Style;
use crate::edit::Edit;
use crate::syntax::to_range;
use rnix::SyntaxKind::TOKEN_R_BRACE;
use rowan::ast::AstNode;

/// Names the whole argument of a pattern: `{ a }:` becomes `{ a }@name:`. Nothing if it has an at-name already.
pub fn add_at_name(text: &str, pattern: &ast::Pattern, name: &str) -> Vec<Edit> {
    if pattern.pat_bind().is_some() {
        return Vec::new();
    }
    let tokens = pattern
        .syntax()
        .children_with_tokens()
        .filter_map(|element| element.into_token());
    let Some(brace) = tokens
        .into_iter()
        .find(|token| token.kind() == TOKEN_R_BRACE)
    else {
        return Vec::new();
    };
    let at = if Style::of(text).spaced_at {
        " @ "
    } else {
        "@"
    };
    vec![Edit::insert(
        to_range(brace.text_range()).end,
        format!("{at}{name}"),
    )]
}
