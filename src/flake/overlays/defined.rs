//! The attributes that overlays define.

use std::collections::BTreeSet;

use crate::eval::value::{Attr, Kind, Name, NameMap, Root, Thunk, Value};
use crate::flake::Flake;

/// The names an overlay function defines; `Err` with those that are known where not all of them are.
pub fn names_of_overlay(flake: &Flake, overlay: &Value) -> Result<BTreeSet<Name>, BTreeSet<Name>> {
    let (defined, complete) = definitions_of_overlay(flake, overlay);
    let names = defined.keys().cloned().collect();
    if complete { Ok(names) } else { Err(names) }
}

/// The attributes an overlay function defines, and whether these are all.
pub fn definitions_of_overlay(flake: &Flake, overlay: &Value) -> (NameMap<Attr>, bool) {
    defined(flake, overlay, &["final", "prev"])
}

/// The attributes that a function of `packageOverrides` defines, as far as they are known.
pub fn definitions_of_override(flake: &Flake, function: &Value) -> NameMap<Attr> {
    defined(flake, function, &["pkgs"]).0
}

fn defined(flake: &Flake, function: &Value, arguments: &[&str]) -> (NameMap<Attr>, bool) {
    let symbol = |name: &&str| Value::symbol(Root::Argument((*name).into()), Vec::new());
    let arguments: Vec<Thunk> = arguments.iter().map(symbol).map(Thunk::done).collect();
    let result = flake.ev.apply_all(function, &arguments);
    let (mut defined, mut complete) = (NameMap::new(), true);
    for value in result.alternatives() {
        let mut set = Some(value);
        while let Some(value) = set {
            let Kind::Attrs(attrs) = &value.kind else {
                complete = false;
                break;
            };
            for (name, attr) in attrs.map.iter() {
                defined.entry(*name).or_insert_with(|| attr.clone());
            }
            set = attrs.rest.as_deref();
        }
    }
    (defined, complete)
}
