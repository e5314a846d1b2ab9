//! Merging the definitions of options: by the declared type where it decides, freely where nothing is declared.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::definition::{Definition, expand};
use super::module_system::{Seed, evaluate};
use crate::eval::operators::parts_of;
use crate::eval::value::{Attr, Attrs, Kind, List, Name, Part, Thunk, Value};
use crate::eval::{Evaluator, choice};

/// What is said about one place in the tree of options.
pub(super) struct Place {
    /// Declared options, or sets of them.
    pub declarations: Vec<Value>,
    /// The definitions.
    pub definitions: Vec<Definition>,
}

/// How definitions of a type are merged.
#[derive(Clone)]
enum Type {
    Free,
    Attrs(Rc<Type>),
    List(Rc<Type>),
    Submodule {
        modules: Vec<Thunk>,
        shorthand: bool,
    },
    Deferred(Vec<Thunk>),
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
        Thunk::native(move |ev| member(ev, &name, declarations, definitions))
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
    let mut merged = types.reduce(together).unwrap_or(Type::Free);
    if let Type::Submodule { modules, .. } = &mut merged {
        let as_module =
            |tree: Value| Thunk::done(Value::attrs([("options".into(), Thunk::done(tree))]));
        modules.extend(trees.into_iter().map(as_module));
    }
    let value = typed(ev, &merged, name, definitions);
    match attribute("apply") {
        Some(apply) => ev.apply(&ev.force(&apply), &Thunk::done(value)),
        None => value,
    }
}

fn read_type(ev: &Evaluator, value: &Value) -> Type {
    let nested = || {
        Rc::new(
            ev.get(value, "nested")
                .map_or(Type::Free, |nested| read_type(ev, &nested)),
        )
    };
    let modules = || match ev.select(value, "modules").kind {
        Kind::List(list) => list.items().flatten().cloned().collect(),
        _ => Vec::new(),
    };
    let shorthand = || {
        ev.get(value, "shorthand")
            .and_then(|value| value.as_bool())
            .unwrap_or_default()
    };
    match ev
        .get(value, "name")
        .and_then(|name| name.as_text())
        .as_deref()
    {
        Some("attrsOf") => Type::Attrs(nested()),
        Some("listOf") => Type::List(nested()),
        Some("nullOr") => (*nested()).clone(),
        Some("submodule") => Type::Submodule {
            modules: modules(),
            shorthand: shorthand(),
        },
        Some("deferredModule") => Type::Deferred(modules()),
        _ => Type::Free,
    }
}

/// The type of an option that is declared twice.
fn together(first: Type, second: Type) -> Type {
    match (first, second) {
        (
            Type::Submodule {
                mut modules,
                shorthand,
            },
            Type::Submodule { modules: more, .. },
        ) => {
            modules.extend(more);
            Type::Submodule { modules, shorthand }
        }
        (Type::Deferred(mut modules), Type::Deferred(more)) => {
            modules.extend(more);
            Type::Deferred(modules)
        }
        (Type::Attrs(first), Type::Attrs(second)) => {
            Type::Attrs(Rc::new(together((*first).clone(), (*second).clone())))
        }
        (Type::List(first), Type::List(second)) => {
            Type::List(Rc::new(together((*first).clone(), (*second).clone())))
        }
        (Type::Free, second) => second,
        (first, _) => first,
    }
}

fn typed(ev: &Evaluator, merged: &Type, name: &Name, definitions: Vec<Definition>) -> Value {
    let definitions = strongest(definitions.iter().flat_map(|one| expand(ev, one)).collect());
    let is_null = |one: &Definition| matches!(ev.force(&one.value).kind, Kind::Null);
    match merged {
        Type::Free => free(ev, definitions),
        _ if !definitions.is_empty() && definitions.iter().all(is_null) => Value::of(Kind::Null),
        Type::Attrs(element) => {
            let element = element.clone();
            set_of(
                ev,
                counting(ev, definitions),
                BTreeSet::new(),
                move |name, definitions| {
                    let (name, element) = (*name, element.clone());
                    Thunk::native(move |ev| typed(ev, &element, &name, definitions))
                },
            )
        }
        Type::List(element) => list(ev, element, name, counting(ev, definitions)),
        Type::Submodule { modules, shorthand } => {
            let seed = |definition: Definition| Seed {
                definition,
                shorthand: *shorthand,
            };
            // Their conditions are left to what asks for a part of it, unless they decide what is overridden.
            let is_even = |pair: &[Definition]| pair[0].priority == pair[1].priority;
            let own = match definitions.windows(2).all(is_even) {
                true => definitions,
                false => counting(ev, definitions),
            };
            let own = own.into_iter().map(seed);
            let seeds = modules
                .iter()
                .cloned()
                .map(Seed::module)
                .chain(own)
                .collect();
            let special = Value::attrs([("name".into(), Thunk::done(Value::text(*name)))]);
            ev.select(&evaluate(seeds, Thunk::done(special)), "config")
        }
        Type::Deferred(modules) => {
            let own = counting(ev, definitions).into_iter();
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
fn list(ev: &Evaluator, element: &Type, name: &Name, definitions: Vec<Definition>) -> Value {
    let mut parts = Vec::new();
    for definition in &definitions {
        let items = items(ev, element, name, definition);
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
fn items(ev: &Evaluator, element: &Type, name: &Name, definition: &Definition) -> Vec<Part> {
    let parts = parts_of(&ev.force(&definition.value));
    if !matches!(element, Type::Submodule { .. }) {
        return parts;
    }
    let unknown = || Part::Stretch(Value::unknown("a part of the list is not known"));
    let typed_item = |item: &Thunk| {
        let (element, name) = (element.clone(), *name);
        let definition = definition.with(item.clone());
        Part::Item(Thunk::native(move |ev| {
            typed(ev, &element, &name, vec![definition])
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
    let definitions = counting(ev, definitions);
    let certain = definitions.iter().all(Definition::is_certain);
    let values: Vec<Value> = definitions.iter().map(|one| ev.force(&one.value)).collect();
    match values.as_slice() {
        [] => Value::unknown("the option is not set"),
        [only] if certain => only.clone(),
        [only] => choice([
            only.clone(),
            Value::unknown("it is set under an unknown condition"),
        ]),
        all if all.iter().all(|value| matches!(value.kind, Kind::List(_))) && certain => {
            list(ev, &Type::Free, &Name::from(""), definitions)
        }
        all if all.iter().all(|value| matches!(value.kind, Kind::Attrs(_))) => {
            set_of(ev, definitions, BTreeSet::new(), |_, definitions| {
                Thunk::native(move |ev| free(ev, definitions))
            })
        }
        [first, rest @ ..]
            if rest
                .iter()
                .all(|value| ev.equal(first, value) == Some(true)) =>
        {
            first.clone()
        }
        _ => Value::unknown("it is defined more than once"),
    }
}

/// A set with the attributes of all definitions, and with those of `names`; `value` makes one of its definitions.
fn set_of(
    ev: &Evaluator,
    definitions: Vec<Definition>,
    names: BTreeSet<Name>,
    value: impl Fn(&Name, Vec<Definition>) -> Thunk,
) -> Value {
    let mut found: BTreeMap<Name, Vec<Definition>> =
        names.into_iter().map(|name| (name, Vec::new())).collect();
    let mut set = Attrs::default();
    for definition in definitions {
        match ev.force(&definition.value).kind {
            Kind::Attrs(attrs) => {
                for (name, attr) in &attrs.map {
                    let one = Definition {
                        binding: attr.binding.clone(),
                        ..definition.with(attr.value.clone())
                    };
                    found.entry(*name).or_default().push(one);
                }
                set.literals.extend(attrs.literals.iter().cloned());
                set.rest = set.rest.or_else(|| attrs.rest.clone());
            }
            _ => set.rest = Some(ev.force(&definition.value)),
        }
    }
    for (name, definitions) in found {
        let binding = definitions.last().and_then(|one| one.binding.clone());
        let value = value(&name, definitions);
        set.map.insert(name, Attr { value, binding });
    }
    Value::of(Kind::Attrs(Rc::new(set)))
}

/// The definitions that override the others.
fn strongest(mut definitions: Vec<Definition>) -> Vec<Definition> {
    let least = definitions
        .iter()
        .filter(|one| one.is_certain())
        .map(|one| one.priority)
        .min();
    definitions.retain(|one| least.is_none_or(|least| one.priority <= least));
    definitions
}

/// The strongest of the definitions whose conditions hold. One whose conditions are not known keeps one that is not, and so
/// does one that such a one would override.
fn counting(ev: &Evaluator, definitions: Vec<Definition>) -> Vec<Definition> {
    let doubt = || Thunk::done(Value::unknown("a condition is not known"));
    let judged = |one: Definition| match one.holds(ev) {
        Some(false) => None,
        Some(true) => Some(Definition {
            conditions: Vec::new(),
            ..one
        }),
        None => Some(Definition {
            conditions: vec![doubt()],
            ..one
        }),
    };
    let mut counting = strongest(definitions.into_iter().filter_map(judged).collect());
    let doubtful = counting.iter().filter(|one| !one.is_certain());
    if let Some(strongest) = doubtful.map(|one| one.priority).min() {
        let weaker = counting.iter_mut().filter(|one| one.priority > strongest);
        weaker.for_each(|one| one.conditions = vec![doubt()]);
    }
    counting
}
