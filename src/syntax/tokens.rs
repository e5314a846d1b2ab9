//! Tokens, and those of a text that is parsed already: to find them again takes as long as a third of the parse.

use std::ops::Range;

use rnix::{NixLanguage, NodeOrToken, SyntaxKind};
use rowan::{GreenNodeData, Language};

use super::lexer::Lexer;

/// A token of a text of at most 1 MiB.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Which it is.
    pub kind: SyntaxKind,
    /// The byte where it begins.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
}

/// The tokens of a tree, each with its length, in the order of the text. What is nested deeply would overflow the stack of
/// a recursion.
pub(super) fn tokens_of(tree: &GreenNodeData) -> impl Iterator<Item = (SyntaxKind, usize)> {
    let mut open = vec![tree.children()];
    std::iter::from_fn(move || {
        loop {
            match open.last_mut()?.next() {
                Some(NodeOrToken::Node(node)) => open.push(node.children()),
                Some(NodeOrToken::Token(token)) => {
                    let kind = NixLanguage::kind_from_raw(token.kind());
                    return Some((kind, token.text().len()));
                }
                None => drop(open.pop()),
            }
        }
    })
}

/// The comments in `gap`, a range of `text` that has nothing but them and blanks.
pub fn comments(text: &str, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    tokens_in(text, gap, SyntaxKind::TOKEN_COMMENT)
}

/// Where the first token of a kind in `range` begins, which begins with a token itself.
pub fn first_token(text: &str, range: Range<usize>, kind: SyntaxKind) -> Option<usize> {
    tokens_in(text, range, kind).map(|token| token.start).next()
}

/// The tokens of a kind in `range`.
fn tokens_in(
    text: &str,
    range: Range<usize>,
    kind: SyntaxKind,
) -> impl Iterator<Item = Range<usize>> {
    let tokens = placed(text, range);
    tokens.filter_map(move |(found, place)| (found == kind).then_some(place))
}

/// The tokens in `range`, each with its place in `text`.
pub(super) fn placed(
    text: &str,
    range: Range<usize>,
) -> impl Iterator<Item = (SyntaxKind, Range<usize>)> {
    let mut at = range.start;
    Lexer::new(&text[range]).map(move |(kind, length)| {
        let start = at;
        at += length;
        (kind, start..at)
    })
}
