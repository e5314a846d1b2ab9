//! Selecting attributes: `a.b`, `a.b or c`, `a ? b`.

use super::env::Env;
use super::names::Found;
use super::value::{Kind, Name, Root, Symbol, Value};
use super::{Evaluator, choice, origin_of, unresolved};
use crate::expr::{AttrName, ExprId, Run, Select};

impl Evaluator {
    /// The attribute `name` of `set`; unknown where it is missing.
    pub fn select(&self, set: &Value, name: impl Into<Name>) -> Value {
        let name = name.into();
        self.find(set, name)
            .value()
            .unwrap_or_else(|| Value::unknown(format!("there is no attribute `{name}`")))
    }

    /// The attribute `name` of `set`, where it is certainly there.
    pub fn get(&self, set: &Value, name: &str) -> Option<Value> {
        if let Kind::Attrs(attrs) = &set.kind {
            return match (attrs.map.get(name), &attrs.rest) {
                (Some(attr), _) => Some(self.force(&attr.value)),
                (None, Some(rest)) => self.get(rest, name),
                (None, None) => None,
            };
        }
        match self.find(set, name.into()) {
            Found::Here(value) => Some(value),
            _ => None,
        }
    }

    /// The value at a path of attributes, where it is certainly there.
    pub fn get_path(&self, set: &Value, path: &[&str]) -> Option<Value> {
        path.iter()
            .try_fold(set.clone(), |set, name| self.get(&set, name))
    }

    pub(super) fn find(&self, set: &Value, name: Name) -> Found {
        match &set.kind {
            Kind::Attrs(attrs) => match attrs.map.at(name) {
                Some(attr) => Found::Here(self.force(&attr.value)),
                None => attrs
                    .rest
                    .as_ref()
                    .map_or(Found::Missing, |rest| self.find(rest, name)),
            },
            Kind::Symbol(symbol) => self.find_in_symbol(symbol, name),
            Kind::Call(call) => Found::Perhaps(Value::symbol(Root::Call(call.clone()), vec![name])),
            Kind::Pkgs(pkgs) => self.find_in_pkgs(pkgs, &name),
            Kind::Choice(values) => {
                let found: Vec<Found> = values.iter().map(|value| self.find(value, name)).collect();
                let is_certain = found.iter().all(|found| matches!(found, Found::Here(_)));
                // Where it is missing, Nix fails to select it.
                let values: Vec<Value> = found.into_iter().filter_map(Found::value).collect();
                match values.is_empty() {
                    true => Found::Missing,
                    false if is_certain => Found::Here(choice(values)),
                    false => Found::Perhaps(choice(values)),
                }
            }
            Kind::Unknown(reason) => Found::Perhaps(Value::unknown(reason.clone())),
            _ => Found::Missing,
        }
    }

    fn find_in_symbol(&self, symbol: &Symbol, name: Name) -> Found {
        if let Some(value) = self.known_attribute(symbol, &name) {
            return Found::Here(value);
        }
        let mut path = symbol.path.clone();
        path.push(name);
        Found::Perhaps(Value::symbol(symbol.root.clone(), path))
    }

    pub(super) fn select_path(&self, select: &Select, id: ExprId, env: &Env) -> Value {
        let default = || Some(self.eval(select.default?, env));
        let mut certain = true;
        let mut value = self.eval(select.base, env);
        for attr in env.exprs().names(select.path) {
            let Some(name) = self.attr_name(attr, env) else {
                let attr = written(attr, env);
                return Value::unknown(format!("the name of the attribute `{attr}` is not known"));
            };
            let is_option = is_config(&value);
            value = match self.find(&value, name) {
                Found::Here(value) => {
                    // What leads to an option is there as well.
                    certain |= is_option;
                    value
                }
                Found::Perhaps(value) => {
                    certain = false;
                    value
                }
                Found::Missing => {
                    return default().unwrap_or_else(|| {
                        let origin = origin_of(id, env);
                        unresolved(missing(&name).at(origin))
                    });
                }
            };
        }
        if select.default.is_none() || certain {
            return value;
        }
        match self.has_option(&value) {
            Some(true) => value,
            Some(false) => default().unwrap_or(value),
            None => choice(std::iter::once(value).chain(default())),
        }
    }

    /// Whether `config` has what the symbol names; `None` where that is not known, and for any other value.
    pub(super) fn has_option(&self, value: &Value) -> Option<bool> {
        match &value.kind {
            Kind::Symbol(symbol) => match &symbol.root {
                Root::Config(config) => config.has(self, &symbol.path),
                _ => None,
            },
            _ => None,
        }
    }

    /// `set ? path`
    pub(super) fn has_attr(&self, set: ExprId, path: Run<AttrName>, env: &Env) -> Value {
        let mut value = self.eval(set, env);
        let mut doubt = None;
        for attr in env.exprs().names(path) {
            let Some(name) = self.attr_name(attr, env) else {
                return Value::unknown("the attribute's name");
            };
            let is_option = is_config(&value);
            value = match self.find(&value, name) {
                Found::Here(value) => {
                    doubt = doubt.filter(|_| !is_option);
                    value
                }
                Found::Perhaps(value) => {
                    doubt = doubt.or(Some(name));
                    value
                }
                Found::Missing => return Value::bool(false),
            };
        }
        match doubt.map(|name| (name, self.has_option(&value))) {
            None => Value::bool(true),
            Some((_, Some(known))) => Value::bool(known),
            Some((name, None)) => Value::unknown(format!("whether there is an attribute `{name}`")),
        }
    }
}

/// Whether it is a host's `config`, or a part of it that is not read.
fn is_config(value: &Value) -> bool {
    matches!(&value.kind, Kind::Symbol(symbol) if matches!(symbol.root, Root::Config(_)))
}

/// The name of an attribute as it is written.
fn written<'a>(attr: &'a AttrName, env: &'a Env) -> &'a str {
    match attr {
        AttrName::Written(name, _) => name,
        AttrName::Computed(_, span) => &env.file().text[span.range()],
    }
}

fn missing(name: &str) -> Value {
    Value::unknown(format!("there is no attribute `{name}`"))
}
