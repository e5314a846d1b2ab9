//! Names of an `inherit`.

use rnix::ast;
use rowan::ast::AstNode;

use super::bindings::{Position, add_binding, remove_binding};
use super::body::{Bindings, Body};
use super::lines::{indent_at, starts_line};
use super::remove::Above;
use super::style::Style;
use crate::edit::Edit;
use crate::syntax::attr_name;

/// Makes `set` inherit `name` from the scope around it: in the last plain `inherit` it has, else in a new one.
pub fn add_inherit(text: &str, set: &impl Bindings, name: &str) -> Vec<Edit> {
    match set
        .inherits()
        .filter(|inherit| inherit.from().is_none())
        .last()
    {
        Some(inherit) => vec![add_name(text, &inherit, name)],
        None => add_binding(text, set, &Position::Last, &format!("inherit {name};")),
    }
}

/// Removes `name` from `inherit`, and `inherit` itself if it has no other. Nothing if it does not have that name.
pub fn remove_inherit_name(text: &str, inherit: &ast::Inherit, name: &str) -> Vec<Edit> {
    let is_it = |attr: ast::Attr| attr_name(&attr).as_deref() == Some(name);
    let Some(index) = inherit.attrs().position(is_it) else {
        return Vec::new();
    };
    let body = Body::of_inherit(text, inherit);
    if body.items.len() > 1 {
        return vec![body.remove(index, Above::Keep)];
    }
    match ast::Entry::cast(inherit.syntax().clone()) {
        Some(entry) => remove_binding(text, &entry),
        None => Vec::new(),
    }
}

fn add_name(text: &str, inherit: &ast::Inherit, name: &str) -> Edit {
    let body = Body::of_inherit(text, inherit);
    let Some(last) = body.items.last() else {
        return Edit::insert(body.open.end, format!(" {name}"));
    };
    if !starts_line(text, last.start) {
        return Edit::insert(last.end, format!(" {name}"));
    }
    let eol = Style::near(text, last.end).eol;
    let at = body.tail_of(last.end).unwrap_or(last.end);
    Edit::insert(at, format!("{eol}{}{name}", indent_at(text, last.start)))
}
