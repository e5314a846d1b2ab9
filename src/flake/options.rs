//! What the modules of a host set an option to, before the module system merges it.

use super::Flake;
use super::modules::{Module, Modules};
use crate::eval::value::{Attr, Kind, Site, Thunk, Value};

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

/// Every definition of the option at `path`, in the order of the modules.
pub fn definitions(flake: &Flake, modules: &Modules, path: &[&str]) -> Vec<Definition> {
    let mut found = Vec::new();
    for (index, module) in modules.all.iter().enumerate() {
        let before = found.len();
        definitions_in(flake, module, path, &mut found);
        found[before..]
            .iter_mut()
            .for_each(|definition| definition.module = index);
    }
    found
}

/// The definitions of the option at `path` that one module makes.
pub fn definitions_in(flake: &Flake, module: &Module, path: &[&str], found: &mut Vec<Definition>) {
    if says_nothing(&module.value, path) {
        return;
    }
    let seed = Definition {
        module: 0,
        value: module.value.clone(),
        binding: None,
        certain: module.certain,
        priority: 100,
        wrapped: false,
    };
    each_alternative(seed, &mut |definition| {
        let long_form = ["config", "options"]
            .iter()
            .any(|name| attribute(&definition.value, name).is_some());
        let content = match attribute(&definition.value, "config") {
            Some(config) if long_form => Definition {
                value: flake.ev.force(&config.value),
                ..definition
            },
            _ if long_form => return,
            _ => definition,
        };
        descend(flake, content, path, found);
    });
}

/// Whether a module certainly does not define the option at `path`: few of a host's modules say anything of one option.
fn says_nothing(module: &Value, path: &[&str]) -> bool {
    let Kind::Attrs(attrs) = &module.kind else {
        return false;
    };
    let mut telling = ["config", "options"].iter().chain(path.first());
    is_bare(module) && !path.is_empty() && !telling.any(|name| attrs.map.contains_key(name))
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

/// Calls `f` with each value it may be.
fn each_alternative(definition: Definition, f: &mut dyn FnMut(Definition)) {
    match &definition.value.kind {
        Kind::Choice(values) => {
            for value in values.iter() {
                f(Definition {
                    value: value.clone(),
                    certain: false,
                    ..definition.clone()
                });
            }
        }
        _ => f(definition),
    }
}

/// Follows `path` through the definition, undoing what the `mk` functions wrap around a value.
fn descend(flake: &Flake, definition: Definition, path: &[&str], found: &mut Vec<Definition>) {
    for definition in unwrapped(flake, definition) {
        let Some((first, rest)) = path.split_first() else {
            found.push(definition);
            continue;
        };
        if let Some(attr) = attribute(&definition.value, first) {
            let value = flake.ev.force(&attr.value);
            let binding = attr.binding.clone();
            descend(
                flake,
                Definition {
                    value,
                    binding,
                    wrapped: false,
                    ..definition
                },
                rest,
                found,
            );
        }
    }
}

fn attribute(value: &Value, name: &str) -> Option<Attr> {
    value.as_attrs()?.map.get(name).cloned()
}

/// The definitions that a value stands for: itself, or what `mkIf`, `mkMerge`, `mkOverride` and `mkOrder` hold.
fn unwrapped(flake: &Flake, definition: Definition) -> Vec<Definition> {
    if is_bare(&definition.value) {
        return vec![definition];
    }
    if let Kind::Choice(_) = definition.value.kind {
        let mut all = Vec::new();
        each_alternative(definition, &mut |one| all.extend(unwrapped(flake, one)));
        return all;
    }
    let kind = flake
        .ev
        .get(&definition.value, "_type")
        .and_then(|kind| kind.as_text());
    let content = || flake.ev.select(&definition.value, "content");
    let inside = |value: Value| Definition {
        value,
        wrapped: true,
        ..definition.clone()
    };
    match kind.as_deref() {
        Some("if") => match flake.ev.select(&definition.value, "condition").as_bool() {
            Some(false) => Vec::new(),
            Some(true) => unwrapped(flake, inside(content())),
            None => unwrapped(
                flake,
                Definition {
                    certain: false,
                    ..inside(content())
                },
            ),
        },
        Some("override") => {
            let priority = match flake.ev.select(&definition.value, "priority").kind {
                Kind::Int(priority) => priority,
                _ => definition.priority,
            };
            unwrapped(
                flake,
                Definition {
                    priority,
                    ..inside(content())
                },
            )
        }
        Some("order") => unwrapped(flake, inside(content())),
        Some("merge") => merged(flake, &definition),
        _ => vec![definition],
    }
}

fn merged(flake: &Flake, definition: &Definition) -> Vec<Definition> {
    let Kind::List(contents) = flake.ev.select(&definition.value, "contents").kind else {
        return Vec::new();
    };
    let inside = |item: &Thunk| Definition {
        value: flake.ev.force(item),
        wrapped: true,
        ..definition.clone()
    };
    contents
        .items()
        .flatten()
        .flat_map(|item| unwrapped(flake, inside(item)))
        .collect()
}
