//! How a place in the source can name the flake's inputs.

use super::Flake;
use crate::eval::env::{Env, NamesOf};
use crate::eval::value::{Thunk, Value};

/// An expression for the set of inputs, as an entry of the argument that an overlay file takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputsEntry {
    /// `inherit inputs;`
    Inherit,
    /// `inputs = NAME;`
    Renamed(String),
    /// `inherit (self) inputs;`
    OfSelf(String),
    /// `inputs = { inherit llama-cpp; };`
    Alone(String),
}

impl InputsEntry {
    /// The entry as Nix; `braces` writes a set of what it is given.
    pub fn text(&self, braces: impl Fn(&str) -> String) -> String {
        match self {
            InputsEntry::Inherit => "inherit inputs;".to_string(),
            InputsEntry::Renamed(name) => format!("inputs = {name};"),
            InputsEntry::OfSelf(name) => format!("inherit ({name}) inputs;"),
            InputsEntry::Alone(name) => {
                format!("inputs = {};", braces(&format!("inherit {name};")))
            }
        }
    }
}

/// How `env` can name a set that has the flake's input `input`, if it can at all.
pub fn inputs_entry(flake: &Flake, env: &Env, input: &str) -> Option<InputsEntry> {
    let value = |thunk: &Thunk| flake.ev.force(thunk);
    if let Some(inputs) = env.lexical("inputs")
        && holds(flake, &value(&inputs), input)
    {
        return Some(InputsEntry::Inherit);
    }
    let mut of_self = None;
    for name in parameters(env) {
        // The innermost binding of a name is the one that an expression there would see.
        let Some(thunk) = env.lexical(&name) else {
            continue;
        };
        let found = value(&thunk);
        let itself = flake
            .ev
            .get(&found, "inputs")
            .is_some_and(|inputs| holds(flake, &inputs, input));
        if itself {
            of_self.get_or_insert(InputsEntry::OfSelf(name.to_string()));
        } else if holds(flake, &found, input) {
            return Some(InputsEntry::Renamed(name.to_string()));
        }
    }
    let alone = env
        .lexical(input)
        .filter(|thunk| Flake::is_input(&value(thunk), input));
    alone
        .map(|_| InputsEntry::Alone(input.to_string()))
        .or(of_self)
}

/// The special argument of modules by which a set that has the flake's input `input` can be named: `inputs` itself, one
/// that is such a set under another name, one that has it as its `inputs`, or the input alone.
pub fn special_entry(flake: &Flake, special: &Value, input: &str) -> Option<(String, InputsEntry)> {
    let attrs = special.as_attrs()?;
    let value = |name: &str| flake.ev.get(special, name);
    if value("inputs").is_some_and(|inputs| holds(flake, &inputs, input)) {
        return Some(("inputs".to_string(), InputsEntry::Inherit));
    }
    let found = |test: &dyn Fn(&Value) -> bool| {
        let mut names = attrs.map.keys().map(|name| &**name);
        names.find(|name| value(name).is_some_and(|value| test(&value)))
    };
    let is_set = |value: &Value| holds(flake, value, input);
    let has_set = |value: &Value| {
        let inputs = flake.ev.get(value, "inputs");
        inputs.is_some_and(|inputs| holds(flake, &inputs, input))
    };
    if let Some(name) = found(&has_set) {
        return Some((name.to_string(), InputsEntry::OfSelf(name.to_string())));
    }
    if let Some(name) = found(&is_set) {
        return Some((name.to_string(), InputsEntry::Renamed(name.to_string())));
    }
    let alone = value(input).filter(|value| Flake::is_input(value, input));
    alone.map(|_| (input.to_string(), InputsEntry::Alone(input.to_string())))
}

fn parameters(env: &Env) -> Vec<std::rc::Rc<str>> {
    env.names()
        .filter(|(of, _)| *of == NamesOf::Parameters)
        .flat_map(|(_, names)| names.keys().cloned())
        .collect()
}

/// Whether `set` has the flake's input under its own name.
fn holds(flake: &Flake, set: &Value, input: &str) -> bool {
    set.as_attrs().is_some()
        && flake
            .ev
            .get(set, input)
            .is_some_and(|value| Flake::is_input(&value, input))
}
