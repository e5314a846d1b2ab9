//! The at-name of a pattern.

use rnix::ast;

use super::style::Style;
use crate::edit::Edit;
use crate::syntax::to_range;
use rnix::SyntaxKind::TOKEN_R_BRACE;
use rowan::ast::AstNode;

/// Names the whole argument of a pattern: `{ a }:` becomes `{ a }@name:`. Nothing if it has an at-name already.
///
/// Where the body follows the colon at once, a blank comes between them: `name:body` would be a URL.
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
    let at = if Style::of(text).spaced_at() {
        " @ "
    } else {
        "@"
    };
    let end = to_range(brace.text_range()).end;
    let mut edits = vec![Edit::insert(end, format!("{at}{name}"))];
    if let Some(body) = text[end..].strip_prefix(':')
        && !body.starts_with(char::is_whitespace)
    {
        edits.push(Edit::insert(end + 1, " "));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::tests::{applied, first};

    #[test]
    fn the_at_name_stands_as_in_the_rest_of_the_file() {
        for (before, after) in [
            ("{ ... }: 1", "{ ... }@inputs: 1"),
            ("{...}: 1", "{...} @ inputs: 1"),
            (
                "{\n  self,\n  ...\n}:\n1",
                "{\n  self,\n  ...\n}@inputs:\n1",
            ),
            ("{ a }: { b } @ c: 1", "{ a } @ inputs: { b } @ c: 1"),
            ("{a}: {b}@c: 1", "{a}@inputs: {b}@c: 1"),
            ("{a,b}:a", "{a,b} @ inputs: a"),
            ("{a}:{b}@c: a", "{a}@inputs: {b}@c: a"),
            ("{ a } :a", "{ a }@inputs :a"),
            ("{ a }@b: 1", "{ a }@b: 1"),
            ("b@{ a }: 1", "b@{ a }: 1"),
        ] {
            assert_eq!(
                applied(before, add_at_name(before, &first(before), "inputs")),
                after,
                "{before:?}"
            );
        }
    }
}
