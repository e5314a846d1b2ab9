//! Items of a literal list.

use rnix::ast;

use super::body::Body;
use super::insert::Spot;
use super::remove::Above;
use crate::edit::Edit;
use crate::syntax::range_of;

/// Adds `item` behind all others. An item that is an application or an operation comes in its own parentheses.
pub fn append_list_item(text: &str, list: &ast::List, item: &str) -> Vec<Edit> {
    Body::of_list(text, list).insert(Spot::End, item)
}

/// Removes `item` and the comment that trails on its line; comments above it stay. Nothing if `item` is none of `list`'s.
pub fn remove_list_item(text: &str, list: &ast::List, item: &ast::Expr) -> Vec<Edit> {
    let body = Body::of_list(text, list);
    let index = body.items.iter().position(|range| *range == range_of(item));
    index
        .map(|index| body.remove(index, Above::Keep))
        .into_iter()
        .collect()
}

/// Whether `list` holds neither another item nor a comment besides `item` and what trails on its line.
pub fn is_last_list_item(text: &str, list: &ast::List, item: &ast::Expr) -> bool {
    let body = Body::of_list(text, list);
    body.items.len() == 1 && body.items[0] == range_of(item) && body.is_empty_without(0)
}

#[cfg(test)]
mod tests;
