//! The sets that definitions make together, where not all of them need be known.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::definition::Definition;
use crate::eval::Evaluator;
use crate::eval::value::{Attr, Attrs, Kind, Name, Thunk, Value};

/// A set with the attributes of all definitions, and with those of `names`; `value` makes one of its definitions, or none.
pub(super) fn set_of(
    ev: &Evaluator,
    definitions: Vec<Definition>,
    names: BTreeSet<Name>,
    value: impl Fn(&Name, Vec<Definition>) -> Option<Thunk>,
) -> Value {
    let mut found: BTreeMap<Name, Vec<(usize, Definition)>> =
        names.into_iter().map(|name| (name, Vec::new())).collect();
    let mut set = Attrs::default();
    let mut unseen = Vec::new();
    for (index, definition) in definitions.into_iter().enumerate() {
        let value = ev.force(&definition.value);
        let (known, rest) = match &value.kind {
            Kind::Attrs(attrs) => (Some(attrs.clone()), attrs.rest.clone()),
            _ => (None, Some(value.into())),
        };
        if let Some(attrs) = &known {
            for (name, attr) in &attrs.map {
                let one = Definition {
                    binding: attr.binding.clone(),
                    ..definition.with(attr.value.clone())
                };
                found.entry(*name).or_default().push((index, one));
            }
            set.literals.extend(attrs.literals.iter().cloned());
        }
        if let Some(rest) = &rest {
            let rest = definition.with(Thunk::done((**rest).clone()));
            unseen.push(Unseen { index, known, rest });
        }
        set.rest = set.rest.or(rest);
    }
    for (name, mut definitions) in found {
        let further = unseen.iter().filter_map(|one| one.definition(name));
        definitions.extend(further);
        definitions.sort_by_key(|(index, _)| *index);
        let definitions: Vec<Definition> = definitions.into_iter().map(|(_, one)| one).collect();
        let binding = definitions.iter().rev().find_map(|one| one.binding.clone());
        if let Some(value) = value(&name, definitions) {
            set.map.insert(name, Attr { value, binding });
        }
    }
    Value::of(Kind::Attrs(Rc::new(set)))
}

/// A definition of a set that is not known as a whole.
struct Unseen {
    /// Its place among the definitions.
    index: usize,
    /// What is known of it.
    known: Option<Rc<Attrs>>,
    /// Where what is not known comes from.
    rest: Definition,
}

impl Unseen {
    /// What it defines of the attribute `name`, which may be nothing, with its place; `None` where that is known. It is held
    /// that no `mkForce` is out of sight.
    fn definition(&self, name: Name) -> Option<(usize, Definition)> {
        let mut known = self.known.iter();
        let is_known = known.any(|attrs| attrs.map.at(name).is_some());
        let selected = Thunk::select(&self.rest.value, name);
        let definition = Definition {
            binding: None,
            ..self.rest.perhaps().with(selected)
        };
        (!is_known).then_some((self.index, definition))
    }
}
