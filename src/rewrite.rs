//! Edits in the terms of Nix: add a list item, add a binding, add a formal, remove an item with its trivia.
//!
//! Owns every decision about white space. Each function takes a text and a node of its tree or an expression of it, and
//! returns edits of that text; it never touches a byte it need not change. New code is handed in as text with `\n` and two
//! spaces a level, and comes out in the indentation, line ends and braces of the place.

mod at_name;
mod bindings;
mod body;
mod collapse;
mod concat;
mod formals;
mod insert;
mod layout;
mod lines;
mod lists;
mod literals;
mod remove;
mod selection;
mod style;

pub use at_name::add_at_name;
pub use bindings::{Position, add_binding, remove_binding};
pub use body::Bindings;
pub use collapse::{remove_let, remove_operand};
pub use concat::append_to_list_expr;
pub use formals::{add_formal, make_function};
pub use lists::{append_list_item, is_last_list_item, remove_list_item};
pub use literals::{add_attribute, append_item};
pub use selection::append_selection;
pub use style::{Style, reindent};

#[cfg(test)]
mod tests;
