//! Bindings of an attribute set or a `let`.

use std::ops::Range;

use rnix::ast;

use super::body::{Bindings, Body};
use super::insert::Spot;
use super::remove::Above;
use crate::edit::Edit;
use crate::syntax::range_of;

/// Where among the entries of a set a new binding goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// Before all others, and before a comment that opens the set.
    First,
    /// Behind all others, and behind a comment that closes the set.
    Last,
    /// Right behind the entry with this range and the comment on its line.
    After(Range<usize>),
    /// Before the entry with this range and the comments above it.
    Before(Range<usize>),
}

/// Adds `binding`, such as `a = 1;` or `inherit a;`, to `set`. A position next to an entry of another set counts as `Last`.
pub fn add_binding(
    text: &str,
    set: &impl Bindings,
    position: &Position,
    binding: &str,
) -> Vec<Edit> {
    Body::of_bindings(text, set).add(position, binding)
}

impl Body<'_> {
    /// Adds `binding` at that position.
    pub(super) fn add(&self, position: &Position, binding: &str) -> Vec<Edit> {
        let index_of = |entry: &Range<usize>| self.items.iter().position(|item| item == entry);
        let spot = match position {
            Position::First => Spot::Start,
            Position::Last => Spot::End,
            Position::After(entry) => index_of(entry).map_or(Spot::End, Spot::After),
            Position::Before(entry) => match index_of(entry) {
                Some(0) => Spot::Start,
                Some(index) => Spot::After(index - 1),
                None => Spot::End,
            },
        };
        self.insert(spot, binding)
    }
}

/// Removes `entry`, the comment that trails on its line and the comments directly above it.
pub fn remove_binding(text: &str, entry: &ast::Entry) -> Vec<Edit> {
    let Some(body) = Body::around_entry(text, entry) else {
        return Vec::new();
    };
    let index = body.items.iter().position(|item| *item == range_of(entry));
    index
        .map(|index| body.remove(index, Above::Remove))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests;
