//! Adding a declaration behind another, in the set where that one stands.

use rnix::ast;

use crate::flake::Flake;
use crate::rewrite::{self, Position};
use crate::syntax::{self, Binding, node_at, range_of};

/// Adds what `text` gives for the prefix in use, `inputs.` or nothing, behind the entry of `last`.
pub(super) fn add_behind(
    flake: &Flake,
    last: &Binding,
    text: impl Fn(&str) -> String,
) -> Vec<crate::edit::Edit> {
    let names = last
        .entry
        .attrpath()
        .and_then(|path| syntax::attrpath_names(&path))
        .unwrap_or_default();
    let prefix = if names.first().is_some_and(|name| name == "inputs") {
        "inputs."
    } else {
        ""
    };
    let position = Position::After(range_of(&last.entry));
    match enclosing_set(flake, last) {
        Some(set) => rewrite::add_binding(&flake.file.text, &set, &position, &text(prefix)),
        None => Vec::new(),
    }
}

fn enclosing_set(flake: &Flake, binding: &Binding) -> Option<ast::AttrSet> {
    let parent = rowan::ast::AstNode::syntax(&binding.entry).parent()?;
    let set: ast::AttrSet = rowan::ast::AstNode::cast(parent)?;
    node_at(&flake.file.root().ok()?, range_of(&set))
}
