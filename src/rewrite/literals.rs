//! Additions to a list or set as the evaluator has read it: of a file where nothing else is edited no syntax tree is made.

use super::bindings::Position;
use super::body::Body;
use super::insert::Spot;
use crate::edit::Edit;
use crate::expr::{ExprId, Exprs};

/// The same as [`append_list_item`](super::append_list_item), for the list `id` of `exprs`, which were read from `text`.
pub fn append_item(text: &str, exprs: &Exprs, id: ExprId, item: &str) -> Vec<Edit> {
    let body = Body::of_literal(text, exprs, id);
    body.map_or_else(Vec::new, |body| body.insert(Spot::End, item))
}

/// The same as [`add_binding`](super::add_binding), for the set `id` of `exprs`, which were read from `text`.
pub fn add_attribute(
    text: &str,
    exprs: &Exprs,
    id: ExprId,
    position: &Position,
    binding: &str,
) -> Vec<Edit> {
    let body = Body::of_literal(text, exprs, id);
    body.map_or_else(Vec::new, |body| body.add(position, binding))
}
