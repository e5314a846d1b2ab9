//! What a variable means: its lexical binding, else a builtin, else what an enclosing `with` has.

use super::Evaluator;
use super::env::Env;
use super::value::{Kind, Name, TextPart, Value};

impl Evaluator {
    /// The value of the variable `name`; `Err` with an unknown that still wants its place.
    pub(super) fn variable(&self, name: Name, env: &Env) -> Result<Value, Value> {
        if let Some(thunk) = env.lexical(name) {
            return Ok(self.force(&thunk));
        }
        if let Some(value) = self.global(&name, &env.file().path) {
            return Ok(value);
        }
        self.variable_of_with(name, env)
    }

    /// A name that only a `with` can explain. An inner set hides an outer one, so an opaque set that may have the name
    /// decides only where it is the last that could.
    fn variable_of_with(&self, name: Name, env: &Env) -> Result<Value, Value> {
        let mut candidates = Vec::new();
        for set in env.withs() {
            let set = self.force(set);
            match self.find(&set, name) {
                Found::Here(value) if candidates.is_empty() => return Ok(value),
                Found::Missing => {}
                Found::Here(_) | Found::Perhaps(_) => candidates.push(set),
            }
        }
        match candidates.as_slice() {
            [] => Err(Value::unknown(format!("`{name}` is not defined"))),
            [only] => Ok(self.select(only, name)),
            _ => Err(Value::unknown(format!(
                "`{name}` comes from one of several `with`"
            ))),
        }
    }
}

/// What is known of an attribute.
pub(super) enum Found {
    /// It is there.
    Here(Value),
    /// The set is opaque; this is what selecting gives.
    Perhaps(Value),
    /// It is certainly not there.
    Missing,
}

impl Found {
    pub(super) fn value(self) -> Option<Value> {
        match self {
            Found::Here(value) | Found::Perhaps(value) => Some(value),
            Found::Missing => None,
        }
    }
}

/// Whether selecting from this kind of value can be decided at all.
pub(super) fn is_opaque(kind: &Kind) -> bool {
    match kind {
        Kind::Symbol(_) | Kind::Call(_) | Kind::Pkgs(_) | Kind::Unknown(_) | Kind::Choice(_) => {
            true
        }
        // `x + "/y"` is a path where `x` is one. An input is none.
        Kind::Text(text) => match text.parts.first() {
            Some(TextPart::Unknown(first)) => first.as_input().is_none(),
            _ => false,
        },
        _ => false,
    }
}
