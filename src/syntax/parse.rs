//! Text to CST: the one place that calls the rnix parser.

use std::ops::Range;

use rnix::{ParseError, SyntaxKind, ast};
use rowan::ast::AstNode;

use super::{guard, to_range};

/// Why a text is no Nix that nixfix can work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong; lower case, no full stop.
    pub message: String,
    /// Where, unless it is the end of the file or the file as a whole.
    pub range: Option<Range<usize>>,
}

/// Parses `text`, refusing beforehand what would exhaust the parser's stack or take it quadratic time.
///
/// # Errors
/// Everything the parser found, in source order, or the one reason why it was not asked.
pub fn parse(text: &str) -> Result<ast::Root, Vec<SyntaxError>> {
    let alone = |error| vec![error];
    let is_small = guard::is_small(text);
    if !is_small {
        guard::check(text).map_err(alone)?;
    }
    let parsed = ast::Root::parse(text);
    if parsed.errors().is_empty() {
        let root = parsed.tree();
        if is_small {
            guard::check_tree(text, root.syntax().green()).map_err(alone)?;
        }
        return Ok(root);
    }
    // What the guard says of a bracket is closer to the point.
    guard::check(text).map_err(alone)?;
    Err(parsed
        .errors()
        .iter()
        .map(|error| SyntaxError::from(error).on_one_line(text))
        .collect())
}

/// The same of a text whose tokens were judged harmless already, as [`tokens`](guard::tokens) does.
///
/// # Errors
/// As [`parse`].
pub fn parse_judged(text: &str) -> Result<ast::Root, Vec<SyntaxError>> {
    let parsed = ast::Root::parse(text);
    match parsed.errors() {
        [] => Ok(parsed.tree()),
        _ => parse(text),
    }
}

impl SyntaxError {
    /// The parser blames everything up to the place where it recovers; the first line says enough.
    fn on_one_line(mut self, text: &str) -> SyntaxError {
        if let Some(range) = &mut self.range {
            let first_line = text[range.clone()].lines().next().unwrap_or("");
            range.end = range.start + first_line.len();
        }
        self
    }
}

impl From<&ParseError> for SyntaxError {
    fn from(error: &ParseError) -> SyntaxError {
        let (message, range) = match error {
            ParseError::Unexpected(range) => ("unexpected text".to_string(), Some(*range)),
            ParseError::UnexpectedExtra(range) => (
                "text after the end of the expression".to_string(),
                Some(*range),
            ),
            ParseError::UnexpectedWanted(got, range, wanted) => (
                format!("unexpected {}, expected {}", spelling(*got), any_of(wanted)),
                Some(*range),
            ),
            ParseError::UnexpectedDoubleBind(range) => {
                ("second `@` name in one pattern".to_string(), Some(*range))
            }
            ParseError::UnexpectedEOFWanted(wanted) => (
                format!("unexpected end of file, expected {}", any_of(wanted)),
                None,
            ),
            ParseError::DuplicatedArgs(range, name) => {
                (format!("duplicate formal `{name}`"), Some(*range))
            }
            other => (other.to_string(), None),
        };
        SyntaxError {
            message,
            range: range.map(to_range),
        }
    }
}

fn any_of(kinds: &[SyntaxKind]) -> String {
    let names: Vec<String> = kinds.iter().map(|kind| spelling(*kind)).collect();
    names.join(" or ")
}

fn spelling(kind: SyntaxKind) -> String {
    let name = match kind {
        SyntaxKind::TOKEN_IDENT => return "a name".to_string(),
        SyntaxKind::TOKEN_STRING_START | SyntaxKind::TOKEN_STRING_CONTENT => {
            return "a string".to_string();
        }
        SyntaxKind::TOKEN_STRING_END => return "the end of the string".to_string(),
        SyntaxKind::TOKEN_SEMICOLON => ";",
        SyntaxKind::TOKEN_ASSIGN => "=",
        SyntaxKind::TOKEN_COLON => ":",
        SyntaxKind::TOKEN_COMMA => ",",
        SyntaxKind::TOKEN_L_BRACE => "{",
        SyntaxKind::TOKEN_R_BRACE | SyntaxKind::TOKEN_INTERPOL_END => "}",
        SyntaxKind::TOKEN_L_BRACK => "[",
        SyntaxKind::TOKEN_R_BRACK => "]",
        SyntaxKind::TOKEN_L_PAREN => "(",
        SyntaxKind::TOKEN_R_PAREN => ")",
        SyntaxKind::TOKEN_INTERPOL_START => "${",
        SyntaxKind::TOKEN_ELLIPSIS => "...",
        other => {
            let name = format!("{other:?}").replace("TOKEN_", "").replace('_', " ");
            return format!("`{}`", name.to_lowercase());
        }
    };
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_error_says_what_and_where() {
        let errors = parse("{ a = 1 }").unwrap_err();
        assert_eq!(errors[0].message, "unexpected `}`, expected `;`");
        assert_eq!(errors[0].range, Some(8..9));
        assert_eq!(parse("{ a = 1;").unwrap_err()[0].range, None);
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_kept_byte_for_byte(text in "[\\[\\](){}a-b =;:,.\"'$#/\\r\\n\t*]{0,40}") {
            if let Ok(root) = parse(&text) {
                prop_assert_eq!(root.syntax().to_string(), text);
            }
        }
    }
}
