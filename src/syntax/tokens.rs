//! Tokens, and those of a text that is parsed already: to find them again takes as long as a third of the parse.

use rnix::{NixLanguage, NodeOrToken, SyntaxKind};
use rowan::{GreenNodeData, Language};

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

/// The tokens of a tree, in the order of the text. What is nested deeply would overflow the stack of a recursion.
pub(super) fn tokens_of(tree: &GreenNodeData) -> impl Iterator<Item = (SyntaxKind, &str)> {
    let mut open = vec![tree.children()];
    std::iter::from_fn(move || {
        loop {
            match open.last_mut()?.next() {
                Some(NodeOrToken::Node(node)) => open.push(node.children()),
                Some(NodeOrToken::Token(token)) => {
                    let kind = NixLanguage::kind_from_raw(token.kind());
                    return Some((kind, token.text()));
                }
                None => drop(open.pop()),
            }
        }
    })
}
