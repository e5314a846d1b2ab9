//! Merging the definitions of options: by the declared type where it decides, freely where nothing is declared.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::definition::{Definition, counting, expand, in_order, strongest};
use super::module_system::evaluate;
use super::sets::set_of;
use super::types::{Type, read_type, together};
use super::walk::Seed;
use crate::eval::names::is_opaque;
use crate::eval::operators::parts_of;
use crate::eval::value::{Kind, List, Name, Part, Thunk, Value};
use crate::eval::{Evaluator, choice};

/// What is said about one place in the tree of options.
pub(super) struct Place {
    /// Declared options, or sets of them.
    pub declarations: Vec<Value>,
    /// The definitions.
    pub definitions: Vec<Definition>,
}

/// The value at a place: of the option declared there, or the set of what lies below.
pub(super) fn tree(ev: &Evaluator, place: Place) -> Value {
    let definitions: Vec<Definition> = place
        .definitions
        .iter()
        .flat_map(|one| expand(ev, one))
        .collect();
    let below = |name: &Name| -> Vec<Value> {
        let member = |tree: &Value| {
            tree.as_attrs()?
                .map
                .get(name)
                .map(|attr| ev.force(&attr.value))
        };
        place.declarations.iter().filter_map(member).collect()
    };
    let declared = place
        .declarations
        .iter()
        .filter_map(Value::as_attrs)
        .flat_map(|attrs| attrs.map.keys().cloned());
    let names: BTreeSet<Name> = declared.collect();
    set_of(ev, definitions, names, |name, definitions| {
        let declarations = below(name);
        let name = *name;
        Some(Thunk::native(move |ev| {
            member(ev, &name, declarations, definitions)
        }))
    })
}

fn member(
    ev: &Evaluator,
    name: &Name,
    declarations: Vec<Value>,
    definitions: Vec<Definition>,
) -> Value {
    let is_option = |value: &Value| {
        ev.get(value, "_type")
            .and_then(|kind| kind.as_text())
            .as_deref()
            == Some("option")
    };
    let (options, trees): (Vec<Value>, Vec<Value>) = declarations.into_iter().partition(is_option);
    match (options.as_slice(), trees.as_slice()) {
        ([], []) => free(ev, definitions),
        ([], _) => tree(
            ev,
            Place {
                declarations: trees,
                definitions,
            },
        ),
        _ => option(ev, name, &options, trees, definitions),
    }
}

/// The value of a declared option.
fn option(
    ev: &Evaluator,
    name: &Name,
    options: &[Value],
    trees: Vec<Value>,
    mut definitions: Vec<Definition>,
) -> Value {
    let attribute = |attr: &str| {
        let found = options
            .iter()
            .filter_map(|option| option.as_attrs()?.map.get(attr));
        found.map(|attr| attr.value.clone()).next()
    };
    definitions.extend(attribute("default").map(Definition::default_of));
    let types = options
        .iter()
        .filter_map(|option| ev.get(option, "type"))
        .map(|value| read_type(ev, &value));
    let mut merged = types
        .reduce(|first, second| together(ev, first, second))
        .unwrap_or(Type::Free);
    if let Type::Submodule { modules, .. } = &mut merged {
        let as_module =
            |tree: Value| Thunk::done(Value::attrs([("options".into(), Thunk::done(tree))]));
        modules.extend(trees.into_iter().map(as_module));
    }
    let value = typed(ev, &merged, Some(*name), definitions);
    match attribute("apply") {
        Some(apply) => ev.apply(&ev.force(&apply), &Thunk::done(value)),
        None => value,
    }
}

/// The value of an option of that type; `name` is its own, or that of the attribute it is for.
fn typed(ev: &Evaluator, merged: &Type, name: Option<Name>, definitions: Vec<Definition>) -> Value {
    let definitions = strongest(definitions.iter().flat_map(|one| expand(ev, one)).collect());
    match merged {
        Type::Free => free(ev, definitions),
        Type::Anything => anything(ev, definitions),
        Type::Opaque(why) => match definitions.as_slice() {
            [] => Value::unknown("the option is not set"),
            _ => Value::unknown(*why),
        },
        Type::Nullable(nested) => nullable(ev, nested, name, counting(ev, definitions)),
        Type::Attrs { element, lazy } => {
            let definitions = in_order(counting(ev, definitions));
            attributes(ev, element, *lazy, definitions)
        }
        Type::List(element) => list(ev, element, in_order(counting(ev, definitions))),
        Type::Submodule {
            modules,
            shorthand,
            special,
        } => {
            let seed = |definition: Definition| Seed {
                definition,
                shorthand: *shorthand,
                wrapped: !*shorthand,
            };
            let wrapped = |module: Thunk| Seed {
                wrapped: true,
                ..Seed::module(module)
            };
            // Their conditions are left to what asks for a part of it, unless they decide what is overridden.
            let is_even = |pair: &[Definition]| pair[0].priority == pair[1].priority;
            let own = match definitions.windows(2).all(is_even) {
                true => definitions,
                false => counting(ev, definitions),
            };
            let is_seen = own.iter().all(|one| !is_opaque(&ev.force(&one.value).kind));
            let own = in_order(own).into_iter().map(seed);
            let seeds = modules.iter().cloned().map(wrapped).chain(own).collect();
            let name = name.map_or_else(
                || Value::unknown("an item of a list has no name of its own"),
                Value::text,
            );
            let named = Value::attrs([("name".into(), Thunk::done(name))]);
            let special = ev.update(special, &named);
            let value = ev.select(&evaluate(seeds, Thunk::done(special)), "config");
            match is_seen {
                true => value,
                false => in_doubt(value, "a part of what sets it is not known"),
            }
        }
        Type::Deferred(modules) => {
            let own = in_order(counting(ev, definitions)).into_iter();
            let own = own.map(|one| match one.is_certain() {
                true => Part::Item(one.value),
                false => perhaps(vec![Part::Item(one.value)]),
            });
            let all = modules.iter().cloned().map(Part::Item).chain(own);
            Value::attrs([("imports".into(), Thunk::done(list_of(all.collect())))])
        }
    }
}

/// The lists of all definitions, one behind the other. Of those that may not count each is there or not.
fn list(ev: &Evaluator, element: &Type, definitions: Vec<Definition>) -> Value {
    let mut parts = Vec::new();
    for definition in &definitions {
        let items = items(ev, element, definition);
        match definition.is_certain() {
            true => parts.extend(items),
            false => parts.push(perhaps(items)),
        }
    }
    list_of(parts)
}

/// Items that are there or not.
fn perhaps(items: Vec<Part>) -> Part {
    Part::Stretch(choice([list_of(items), Value::list([])]))
}

fn list_of(parts: Vec<Part>) -> Value {
    Value::of(Kind::List(Rc::new(List::of(parts))))
}

/// The items of one definition, each what its type makes of it.
fn items(ev: &Evaluator, element: &Type, definition: &Definition) -> Vec<Part> {
    let parts = parts_of(&ev.force(&definition.value));
    if !matches!(element, Type::Submodule { .. }) {
        return parts;
    }
    let unknown = || Part::Stretch(Value::unknown("a part of the list is not known"));
    let typed_item = |item: &Thunk| {
        let (element, definition) = (element.clone(), definition.with(item.clone()));
        Part::Item(Thunk::native(move |ev| {
            typed(ev, &element, None, vec![definition])
        }))
    };
    let parts = List::of(parts);
    let items = parts
        .items()
        .map(|item| item.map_or_else(unknown, typed_item));
    items.collect()
}

/// The value where nothing is declared: one definition stands for itself, sets and lists are joined.
pub(super) fn free(ev: &Evaluator, definitions: Vec<Definition>) -> Value {
    let definitions = strongest(definitions.iter().flat_map(|one| expand(ev, one)).collect());
    let definitions = in_order(counting(ev, definitions));
    let certain = definitions.iter().all(Definition::is_certain);
    let values: Vec<Value> = definitions.iter().map(|one| ev.force(&one.value)).collect();
    match values.as_slice() {
        [] => Value::unknown("the option is not set"),
        [only] if certain => only.clone(),
        [only] => in_doubt(only.clone(), UNDER_CONDITION),
        all if all.iter().all(|value| matches!(value.kind, Kind::List(_))) && certain => {
            list(ev, &Type::Free, definitions)
        }
        all if all.iter().all(|value| matches!(value.kind, Kind::Attrs(_))) => {
            set_of(ev, definitions, BTreeSet::new(), |_, definitions| {
                Some(Thunk::native(move |ev| free(ev, definitions)))
            })
        }
        _ => equal(ev, &definitions, &values),
    }
}

/// Why a value may be another one.
const UNDER_CONDITION: &str = "it is set under an unknown condition";

/// The one value of all definitions.
fn equal(ev: &Evaluator, definitions: &[Definition], values: &[Value]) -> Value {
    let Some((first, rest)) = values.split_first() else {
        return Value::unknown("the option is not set");
    };
    let is_same = |value: &Value| ev.equal(first, value) == Some(true);
    match rest.iter().all(is_same) {
        true if definitions.iter().any(Definition::is_certain) => first.clone(),
        true => in_doubt(first.clone(), UNDER_CONDITION),
        false if definitions.iter().all(Definition::is_certain) => {
            Value::unknown("it is defined more than once")
        }
        false => Value::unknown("it may be defined more than once"),
    }
}

fn in_doubt(value: Value, why: &str) -> Value {
    choice([value, Value::unknown(why)])
}

/// `lib.types.anything`: sets are joined, and of everything else there is one value.
fn anything(ev: &Evaluator, definitions: Vec<Definition>) -> Value {
    let definitions = in_order(counting(ev, definitions));
    let values: Vec<Value> = definitions.iter().map(|one| ev.force(&one.value)).collect();
    let is_set = |value: &Value| matches!(value.kind, Kind::Attrs(_));
    if values.is_empty() || !values.iter().all(is_set) {
        return equal(ev, &definitions, &values);
    }
    attributes(ev, &Rc::new(Type::Anything), false, definitions)
}

/// `lib.types.nullOr`, of definitions that count: null, or what the others are.
fn nullable(
    ev: &Evaluator,
    nested: &Rc<Type>,
    name: Option<Name>,
    definitions: Vec<Definition>,
) -> Value {
    let is_null = |one: &Definition| matches!(ev.force(&one.value).kind, Kind::Null);
    let certain = definitions.iter().all(Definition::is_certain);
    let (nulls, others): (Vec<_>, Vec<_>) = definitions.into_iter().partition(is_null);
    if others.is_empty() {
        return Value::of(Kind::Null);
    }
    if !nulls.is_empty() && certain {
        return Value::unknown("it is null and something else");
    }
    // What is not known may be null; it is left as it is where nothing is made of it.
    let is_left = matches!(**nested, Type::Free);
    let tells =
        |one: &Definition| one.is_certain() && (is_left || !is_opaque(&ev.force(&one.value).kind));
    let is_set = nulls.is_empty() && others.iter().any(tells);
    let value = typed(ev, nested, name, others);
    match is_set {
        true => value,
        false => choice([Value::of(Kind::Null), value]),
    }
}

/// A set of such. Where it is lazy, an attribute without a definition that counts is there all the same.
fn attributes(
    ev: &Evaluator,
    element: &Rc<Type>,
    lazy: bool,
    definitions: Vec<Definition>,
) -> Value {
    let defined = |ev: &Evaluator, definitions: Vec<Definition>| {
        let expanded = definitions.iter().flat_map(|one| expand(ev, one));
        counting(ev, expanded.collect())
    };
    set_of(ev, definitions, BTreeSet::new(), |name, definitions| {
        let (element, name) = (element.clone(), *name);
        if lazy {
            let is_there = definitions.iter().any(Definition::is_certain);
            return Some(Thunk::native(move |ev| {
                attribute(ev, &element, name, defined(ev, definitions), is_there)
            }));
        }
        let definitions = defined(ev, definitions);
        let is_there = definitions.iter().any(Definition::is_certain);
        (!definitions.is_empty())
            .then(|| Thunk::native(move |ev| attribute(ev, &element, name, definitions, is_there)))
    })
}

/// The attribute `name` of a set of such, by the definitions that count, and whether it is there for certain.
fn attribute(
    ev: &Evaluator,
    element: &Type,
    name: Name,
    definitions: Vec<Definition>,
    is_there: bool,
) -> Value {
    let value = typed(ev, element, Some(name), definitions);
    match is_there {
        true => value,
        false => in_doubt(value, UNDER_CONDITION),
    }
}
