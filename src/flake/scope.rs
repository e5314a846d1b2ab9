//! How a place in the source can name the flake's inputs.

use std::cell::Cell;
use std::rc::Rc;

use super::Flake;
use crate::eval::env::{Env, NamesOf};
use crate::eval::value::{Attrs, Name, Thunk, Value};

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

/// The flake's input that a place has to name.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    /// The flake.
    pub flake: &'a Flake,
    /// The input.
    pub name: &'a str,
    /// For an input that was declared after this flake was read: is set where it cannot be told from this flake whether a
    /// set will have it.
    pub coming: Option<&'a Cell<bool>>,
}

impl Sought<'_> {
    /// How `env` can name a set that has the input, if it can at all.
    pub fn entry(&self, env: &Env) -> Option<InputsEntry> {
        let value = |thunk: &Thunk| self.flake.ev.force(thunk);
        if let Some(inputs) = env.lexical("inputs")
            && self.is_in(&value(&inputs))
        {
            return Some(InputsEntry::Inherit);
        }
        let mut of_self = None;
        for name in parameters(env) {
            // The innermost binding of a name is the one that an expression there would see.
            let Some(thunk) = env.lexical(name) else {
                continue;
            };
            let found = value(&thunk);
            if self.is_in_inputs_of(&found) {
                of_self.get_or_insert(InputsEntry::OfSelf(name.to_string()));
            } else if self.is_in(&found) {
                return Some(InputsEntry::Renamed(name.to_string()));
            }
        }
        let alone = env.lexical(self.name);
        alone
            .filter(|thunk| self.is(&value(thunk)))
            .map(|_| InputsEntry::Alone(self.name.to_string()))
            .or(of_self)
    }

    /// The special argument of modules by which a set that has the input can be named: `inputs` itself, one that is such a
    /// set under another name, one that has it as its `inputs`, or the input alone.
    pub fn special_entry(&self, special: &Value) -> Option<(String, InputsEntry)> {
        let attrs = special.as_attrs()?;
        let value = |name: &str| self.flake.ev.get(special, name);
        if value("inputs").is_some_and(|inputs| self.is_in(&inputs)) {
            return Some(("inputs".to_string(), InputsEntry::Inherit));
        }
        let found = |test: &dyn Fn(&Value) -> bool| {
            let mut names = attrs.map.keys().map(|name| &**name);
            names.find(|name| value(name).is_some_and(|value| test(&value)))
        };
        if let Some(name) = found(&|value| self.is_in_inputs_of(value)) {
            return Some((name.to_string(), InputsEntry::OfSelf(name.to_string())));
        }
        if let Some(name) = found(&|value| self.is_in(value)) {
            return Some((name.to_string(), InputsEntry::Renamed(name.to_string())));
        }
        let alone = value(self.name).filter(|value| self.is(value));
        alone.map(|_| {
            (
                self.name.to_string(),
                InputsEntry::Alone(self.name.to_string()),
            )
        })
    }

    /// Whether `set` has the input under its own name.
    pub fn is_in(&self, set: &Value) -> bool {
        let Some(attrs) = set.as_attrs() else {
            return false;
        };
        let found = self.flake.ev.get(set, self.name);
        found.is_some_and(|value| self.is(&value)) || self.will_be_in(attrs)
    }

    fn is_in_inputs_of(&self, value: &Value) -> bool {
        let inputs = self.flake.ev.get(value, "inputs");
        inputs.is_some_and(|inputs| self.is_in(&inputs))
    }

    fn is(&self, value: &Value) -> bool {
        Flake::is_input(value, self.name)
    }

    /// Whether the set is that of all inputs, which a new one joins. Of one that was made of them, who knows.
    fn will_be_in(&self, attrs: &Rc<Attrs>) -> bool {
        let Some(is_unclear) = self.coming else {
            return false;
        };
        if self.flake.is_set_of_inputs(attrs) {
            return true;
        }
        let has = |name: &Name| {
            let found = attrs.map.get(name);
            found.is_some_and(|attr| Flake::is_input(&self.flake.ev.force(&attr.value), name))
        };
        if self.flake.inputs.iter().any(|input| has(&input.name)) {
            is_unclear.set(true);
        }
        false
    }
}

fn parameters(env: &Env) -> Vec<Name> {
    env.names()
        .filter(|(of, _)| *of == NamesOf::Parameters)
        .flat_map(|(_, names)| names.keys().cloned())
        .collect()
}
