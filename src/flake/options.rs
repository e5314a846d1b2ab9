//! What the modules of a host set an option to, before the module system merges it.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Flake;
use super::modules::Modules;
use crate::eval::Evaluator;
use crate::eval::value::{Attr, Attrs, Kind, Name, Site, Thunk, Value};

/// One definition of an option.
#[derive(Clone)]
pub struct Definition {
    /// The module that makes it, by index.
    pub module: usize,
    /// The value, without `mkIf`, `mkForce` and the like around it.
    pub value: Value,
    /// The `option = value;` binding.
    pub binding: Option<Site>,
    /// Whether it holds under every condition.
    pub certain: bool,
    /// Its priority in the module system: 100 is the default, `mkForce` is 50, `mkDefault` is 1000.
    pub priority: i64,
    /// Whether something like `mkIf` stands between the binding and the value.
    pub wrapped: bool,
}

/// The priority of a definition with no `mkForce`, `mkDefault` or the like around it.
pub const PLAIN_PRIORITY: i64 = 100;

/// The priority of the strongest definition that is certain; each is given as whether it is certain, and its priority. What is
/// weaker counts for nothing.
pub fn strongest(definitions: impl IntoIterator<Item = (bool, i64)>) -> Option<i64> {
    let certain = definitions.into_iter().filter(|(certain, _)| *certain);
    certain.map(|(_, priority)| priority).min()
}

/// Leaves out those that one which is certain overrules; `rank` gives whether one is certain, and its priority. Gives whether
/// there is one that is certain.
pub fn keep_strongest<T>(all: &mut Vec<T>, rank: impl Fn(&T) -> (bool, i64)) -> bool {
    let Some(strongest) = strongest(all.iter().map(&rank)) else {
        return false;
    };
    all.retain(|one| rank(one).1 <= strongest);
    true
}

/// What modules set, with nothing wrapped around it: hosts share modules, and many options are looked for.
#[derive(Default)]
pub(super) struct Contents(RefCell<FxHashMap<usize, Known>>);

/// What is known of a module.
struct Known {
    /// The module, held so that no other comes to lie at the same address.
    _module: Value,
    contents: Rc<[Definition]>,
}

/// Every definition of the option at `path`, which has a name at least, in the order of the modules.
pub fn definitions(flake: &Flake, modules: &Modules, path: &[&str]) -> Vec<Definition> {
    let mut found = Vec::new();
    for (index, module) in modules.all.iter().enumerate() {
        let definition = |content: &Definition| Definition {
            module: index,
            certain: content.certain && module.certain,
            ..content.clone()
        };
        // Few of a host's modules say anything of one option.
        let says = |value: &Value| !is_bare(value) || attribute(value, path[0]).is_some();
        if module.is_content() {
            if says(&module.value) {
                let whole = definition(&whole(&module.value));
                step(&flake.ev, whole, path, &mut found);
            }
            continue;
        }
        for content in &*flake.contents.of(&flake.ev, &module.value) {
            if says(&content.value) {
                step(&flake.ev, definition(content), path, &mut found);
            }
        }
    }
    found
}

/// What one set that a module sets options in, and that nothing is wrapped around, says of the option at `path`.
pub(super) fn definitions_in(flake: &Flake, content: &Value, path: &[&str]) -> Vec<Definition> {
    below(flake, &[whole(content)], path)
}

/// What definitions of a set of options say of the option at `path` below it.
pub fn below(flake: &Flake, all: &[Definition], path: &[&str]) -> Vec<Definition> {
    let mut found = Vec::new();
    for definition in all {
        step(&flake.ev, definition.clone(), path, &mut found);
    }
    found
}

/// Calls `f` with the index of each module and each set that it may set options in, whatever the conditions are. What
/// stands outside the repository sets nothing that could be read.
pub(super) fn each_content(flake: &Flake, modules: &Modules, mut f: impl FnMut(usize, &Value)) {
    for (index, module) in modules.all.iter().enumerate() {
        match &module.value.kind {
            Kind::Attrs(_) | Kind::Choice(_) if module.is_content() => f(index, &module.value),
            Kind::Attrs(_) | Kind::Choice(_) => {
                let contents = flake.contents.of(&flake.ev, &module.value);
                contents.iter().for_each(|content| f(index, &content.value));
            }
            _ => {}
        }
    }
}

/// The module as it stands, as if it were a definition.
fn whole(module: &Value) -> Definition {
    Definition {
        module: 0,
        value: module.clone(),
        binding: None,
        certain: true,
        priority: PLAIN_PRIORITY,
        wrapped: false,
    }
}

const LONG_FORM: [&str; 2] = ["config", "options"];

/// Whether the module as it stands is what it sets.
pub(super) fn is_content(module: &Value) -> bool {
    let is_long = |name: &str| attribute(module, name).is_some();
    is_bare(module) && !LONG_FORM.into_iter().any(is_long)
}

impl Contents {
    /// What `module` sets, as if it were the first one and there for certain.
    fn of(&self, ev: &Evaluator, module: &Value) -> Rc<[Definition]> {
        let address = match &module.kind {
            Kind::Attrs(attrs) => Rc::as_ptr(attrs).addr(),
            Kind::Choice(values) => Rc::as_ptr(values).addr(),
            _ => return Rc::new([whole(module)]),
        };
        if let Some(known) = self.0.borrow().get(&address) {
            return known.contents.clone();
        }
        let contents = contents(ev, module);
        let known = Known {
            _module: module.clone(),
            contents: contents.clone(),
        };
        self.0.borrow_mut().insert(address, known);
        contents
    }
}

fn contents(ev: &Evaluator, module: &Value) -> Rc<[Definition]> {
    let part = |(value, certain): (Value, bool)| Definition {
        value,
        certain,
        ..whole(module)
    };
    let parts = parts_of_module(ev, module).into_iter().map(part);
    parts.flat_map(|part| unwrapped(ev, part)).collect()
}

/// What a module sets, in parts: each with whether it is there for certain.
pub(super) fn parts_of_module(ev: &Evaluator, module: &Value) -> Vec<(Value, bool)> {
    let Kind::Choice(values) = &module.kind else {
        return content(ev, module)
            .into_iter()
            .map(|value| (value, true))
            .collect();
    };
    let is_long = |value: &Value| {
        LONG_FORM
            .iter()
            .any(|name| attribute(value, name).is_some())
    };
    if values.iter().any(is_long) {
        let contents = values.iter().filter_map(|value| content(ev, value));
        return contents.map(|value| (value, false)).collect();
    }
    parts_of_choice(values)
}

/// What a module sets: its `config`, or itself if it has neither that nor `options`.
pub(super) fn content(ev: &Evaluator, module: &Value) -> Option<Value> {
    let [config, options] = LONG_FORM.map(|name| attribute(module, name));
    match (config, options) {
        (Some(config), _) => Some(ev.force(&config.value)),
        (None, Some(_)) => None,
        (None, None) => Some(module.clone()),
    }
}

/// Whether nothing is wrapped around the value for certain: only a set can be what `mkIf` and the like give.
pub(super) fn is_bare(value: &Value) -> bool {
    match &value.kind {
        Kind::Attrs(attrs) => attrs.rest.is_none() && !attrs.map.contains_key("_type"),
        Kind::Choice(_) => false,
        // What is not known has no attribute for certain.
        _ => true,
    }
}

/// What a value that is one of these sets comes to: what all of them have, which is there whatever it depends on, and what
/// each has besides, which may be. `{ a = 1; } // lib.optionalAttrs (options ? b) { b = 2; }` has `a` for certain.
pub(super) fn parts_of_choice(values: &[Value]) -> Vec<(Value, bool)> {
    let whole = || values.iter().map(|value| (value.clone(), false)).collect();
    let sets: Option<Vec<&Rc<Attrs>>> = values
        .iter()
        .map(|value| value.as_attrs().filter(|_| is_bare(value)))
        .collect();
    let Some(sets) = sets else { return whole() };
    let Some((first, others)) = sets.split_first() else {
        return whole();
    };
    let has = |set: &Attrs, name: &Name, value: &Thunk| {
        let own = set.map.get(name);
        own.is_some_and(|own| own.value.is(value))
    };
    let is_common = |name: &Name| {
        let attr = first.map.get(name);
        attr.is_some_and(|attr| others.iter().all(|set| has(set, name, &attr.value)))
    };
    if !first.map.keys().any(is_common) {
        return whole();
    }
    let part = |value: &Value, set: &Attrs, common: bool| {
        let attrs = set.map.iter();
        let attrs = attrs.filter(|(name, _)| is_common(name) == common);
        let map = attrs.map(|(name, attr)| (*name, attr.clone())).collect();
        Value {
            kind: Kind::Attrs(Rc::new(Attrs {
                map,
                ..Attrs::default()
            })),
            ..value.clone()
        }
    };
    let common = (part(&values[0], first, true), true);
    let besides = values.iter().zip(&sets);
    let besides = besides.map(|(value, set)| (part(value, set, false), false));
    std::iter::once(common).chain(besides).collect()
}

/// Follows `path` through the definition, undoing what the `mk` functions wrap around a value.
fn descend(ev: &Evaluator, definition: Definition, path: &[&str], found: &mut Vec<Definition>) {
    if is_bare(&definition.value) {
        return step(ev, definition, path, found);
    }
    for definition in unwrapped(ev, definition) {
        step(ev, definition, path, found);
    }
}

/// Follows `path` through what nothing is wrapped around.
fn step(ev: &Evaluator, definition: Definition, path: &[&str], found: &mut Vec<Definition>) {
    let Some((first, rest)) = path.split_first() else {
        return found.push(definition);
    };
    let Some(attr) = attribute(&definition.value, first).cloned() else {
        return;
    };
    let below = Definition {
        value: ev.force(&attr.value),
        binding: attr.binding,
        wrapped: false,
        ..definition
    };
    descend(ev, below, rest, found);
}

fn attribute<'v>(value: &'v Value, name: &str) -> Option<&'v Attr> {
    value.as_attrs()?.map.get(name)
}

/// The definitions that a value stands for: itself, or what `mkIf`, `mkMerge`, `mkOverride` and `mkOrder` hold.
fn unwrapped(ev: &Evaluator, definition: Definition) -> Vec<Definition> {
    if is_bare(&definition.value) {
        return vec![definition];
    }
    if let Kind::Choice(values) = &definition.value.kind {
        let part = |(value, always): (Value, bool)| Definition {
            value,
            certain: definition.certain && always,
            ..definition.clone()
        };
        let parts = parts_of_choice(values).into_iter().map(part);
        return parts.flat_map(|part| unwrapped(ev, part)).collect();
    }
    let kind = ev
        .get(&definition.value, "_type")
        .and_then(|kind| kind.as_text());
    let content = || ev.select(&definition.value, "content");
    let inside = |value: Value| Definition {
        value,
        wrapped: true,
        ..definition.clone()
    };
    match kind.as_deref() {
        Some("if") => match ev.select(&definition.value, "condition").as_bool() {
            Some(false) => Vec::new(),
            Some(true) => unwrapped(ev, inside(content())),
            None => unwrapped(
                ev,
                Definition {
                    certain: false,
                    ..inside(content())
                },
            ),
        },
        Some("override") => {
            let priority = match ev.select(&definition.value, "priority").kind {
                Kind::Int(priority) => priority,
                _ => definition.priority,
            };
            unwrapped(
                ev,
                Definition {
                    priority,
                    ..inside(content())
                },
            )
        }
        Some("order") => unwrapped(ev, inside(content())),
        Some("merge") => merged(ev, &definition),
        _ => vec![definition],
    }
}

fn merged(ev: &Evaluator, definition: &Definition) -> Vec<Definition> {
    let Kind::List(contents) = ev.select(&definition.value, "contents").kind else {
        return Vec::new();
    };
    let inside = |item: &Thunk| Definition {
        value: ev.force(item),
        wrapped: true,
        ..definition.clone()
    };
    contents
        .items()
        .flatten()
        .flat_map(|item| unwrapped(ev, inside(item)))
        .collect()
}
