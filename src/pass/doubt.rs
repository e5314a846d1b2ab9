//! The places that a host goes through under some condition only, such as a list behind an `if`. Nothing may be added
//! there for the sake of other hosts: this one may get it too, and whether it does is not known.

use super::cover::Spot;
use crate::eval::value::{Attrs, Kind, Part, Site, Value};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::modules::Module;
use crate::rewrite::Position;

/// Every such place of a host.
pub(super) fn doubtful_places(flake: &Flake, built: &Built) -> Vec<Spot> {
    let mut found = Vec::new();
    in_doubtful_parts(&built.modules.list, &mut found);
    for list in &built.overlays.lists {
        match list.certain {
            true => in_doubtful_parts(&list.value, &mut found),
            false => {
                everywhere(&list.value, &mut found);
                found.extend(list.binding.as_ref().and_then(Spot::concat));
            }
        }
    }
    for module in &built.modules.all {
        in_module(flake, module, &mut found);
    }
    let is_users = |spot: &Spot| flake.is_users(&spot.site().origin());
    found.retain(is_users);
    found
}

/// In a module that is there for certain only what its imports hold under a condition, else the whole of it.
fn in_module(flake: &Flake, module: &Module, found: &mut Vec<Spot>) {
    let imports = |attrs: &Attrs| {
        let imports = attrs.map.get("imports")?;
        Some(flake.ev.force(&imports.value))
    };
    let mut whole = |attrs: &Attrs| {
        found.extend(attrs.literals.iter().map(set));
        if let Some(imports) = imports(attrs) {
            everywhere(&imports, found);
        }
        let binding = attrs
            .map
            .get("imports")
            .and_then(|attr| attr.binding.as_ref());
        found.extend(binding.and_then(Spot::concat));
        let nixpkgs = attrs.map.get("nixpkgs");
        let nixpkgs = nixpkgs.map(|attr| flake.ev.force(&attr.value));
        if let Some(Kind::Attrs(nixpkgs)) = nixpkgs.map(|value| value.kind) {
            found.extend(nixpkgs.literals.iter().map(set));
        }
    };
    match &module.value.kind {
        Kind::Attrs(attrs) if !module.certain => whole(attrs),
        Kind::Attrs(attrs) => {
            if let Some(imports) = imports(attrs) {
                in_doubtful_parts(&imports, found);
            }
        }
        Kind::Choice(values) => values
            .iter()
            .filter_map(Value::as_attrs)
            .for_each(|attrs| whole(attrs)),
        _ => {}
    }
}

/// The places in the parts of a list that are there under a condition only.
fn in_doubtful_parts(list: &Value, found: &mut Vec<Spot>) {
    match &list.kind {
        Kind::List(list) => {
            for part in &list.parts {
                if let Part::Stretch(value) = part {
                    everywhere(value, found);
                }
            }
        }
        _ => everywhere(list, found),
    }
}

/// The places in a list, whatever it depends on.
pub(super) fn everywhere(list: &Value, found: &mut Vec<Spot>) {
    match &list.kind {
        Kind::List(list) => {
            found.extend(
                list.sets
                    .iter()
                    .filter_map(|set| set.literals.last())
                    .map(set),
            );
            for part in &list.parts {
                match part {
                    Part::Literal(literal) => found.push(Spot::List(literal.clone())),
                    Part::Stretch(value) => everywhere(value, found),
                    Part::Item(_) => {}
                }
            }
        }
        Kind::Choice(values) => values.iter().for_each(|value| everywhere(value, found)),
        _ => {}
    }
}

fn set(site: &Site) -> Spot {
    Spot::Set(site.clone(), Position::Last)
}
