//! The tokens of a text that is parsed already: to find them again in the text takes as long as a third of the parse.

use rnix::{NixLanguage, NodeOrToken, SyntaxKind};
use rowan::{GreenNodeData, Language};

/// The tokens of a tree, in the order of the text. What is nested deeply would overflow the stack of a recursion.
pub(super) fn tokens(tree: &GreenNodeData) -> impl Iterator<Item = (SyntaxKind, &str)> {
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
