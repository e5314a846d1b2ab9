//! What stands in a list of modules.

use crate::eval::Evaluator;
use crate::eval::value::{Kind, List, Part, Value};
use crate::path::RepoPath;

/// An item of a list of modules.
pub(super) enum Item {
    /// A file of the repository, and the value that names it.
    File(RepoPath, Value),
    /// A set or a function where a file could be named.
    Inline(Value),
    /// What nixfix cannot look into: an item, or a whole stretch of the list.
    Opaque(Value),
}

/// Calls `f` with every item that `list` may have, in order, and whether it is there for certain.
pub(super) fn each(ev: &Evaluator, list: &Value, certain: bool, f: &mut dyn FnMut(Item, bool)) {
    match &list.kind {
        Kind::List(list) => each_of_parts(ev, list, certain, f),
        Kind::Choice(values) => values.iter().for_each(|value| each(ev, value, false, f)),
        Kind::Null => {}
        _ => f(Item::Opaque(list.clone()), certain),
    }
}

fn each_of_parts(ev: &Evaluator, list: &List, certain: bool, f: &mut dyn FnMut(Item, bool)) {
    for part in &list.parts {
        match part {
            Part::Literal(literal) => literal
                .items
                .iter()
                .for_each(|item| one(ev, ev.force(item), certain, f)),
            Part::Item(item) => one(ev, ev.force(item), certain, f),
            Part::Stretch(value) => each(ev, value, certain, f),
        }
    }
}

fn one(ev: &Evaluator, item: Value, certain: bool, f: &mut dyn FnMut(Item, bool)) {
    if let Some(path) = path_of(ev, &item) {
        return f(Item::File(ev.module_file(&path), item), certain);
    }
    match &item.kind {
        Kind::Attrs(_) | Kind::Lambda(_) => f(Item::Inline(item), certain),
        Kind::Choice(values) => values
            .iter()
            .for_each(|value| one(ev, value.clone(), false, f)),
        _ => f(Item::Opaque(item), certain),
    }
}

fn path_of(ev: &Evaluator, item: &Value) -> Option<RepoPath> {
    ev.path_to_import(item).or_else(|| match &item.kind {
        Kind::Attrs(_) => ev.get(item, "outPath")?.as_path(),
        _ => None,
    })
}
