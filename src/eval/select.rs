//! Selecting attributes: `a.b`, `a.b or c`, `a ? b`.

use rnix::ast;

use super::env::Env;
use super::layout::select_layout;
use super::names::Found;
use super::value::{Kind, Root, Symbol, Value};
use super::{Evaluator, broken, choice, origin_of, unresolved};

impl Evaluator {
    /// The attribute `name` of `set`; unknown where it is missing.
    pub fn select(&self, set: &Value, name: &str) -> Value {
        self.find(set, name)
            .value()
            .unwrap_or_else(|| Value::unknown(format!("there is no attribute `{name}`")))
    }

    /// The attribute `name` of `set`, where it is certainly there.
    pub fn get(&self, set: &Value, name: &str) -> Option<Value> {
        match self.find(set, name) {
            Found::Here(value) => Some(value),
            _ => None,
        }
    }

    /// The value at a path of attributes, where it is certainly there.
    pub fn get_path(&self, set: &Value, path: &[&str]) -> Option<Value> {
        path.iter()
            .try_fold(set.clone(), |set, name| self.get(&set, name))
    }

    pub(super) fn find(&self, set: &Value, name: &str) -> Found {
        match &set.kind {
            Kind::Attrs(attrs) => match attrs.map.get(name) {
                Some(attr) => Found::Here(self.force(&attr.value)),
                None => attrs
                    .rest
                    .as_ref()
                    .map_or(Found::Missing, |rest| self.find(rest, name)),
            },
            Kind::Symbol(symbol) => self.find_in_symbol(symbol, name),
            Kind::Call(call) => {
                Found::Perhaps(Value::symbol(Root::Call(call.clone()), vec![name.into()]))
            }
            Kind::Pkgs(pkgs) => self.find_in_pkgs(pkgs, name),
            Kind::Choice(values) => {
                Found::Perhaps(choice(values.iter().map(|value| self.select(value, name))))
            }
            Kind::Unknown(reason) => Found::Perhaps(Value::unknown(reason.clone())),
            _ => Found::Missing,
        }
    }

    fn find_in_symbol(&self, symbol: &Symbol, name: &str) -> Found {
        if let Some(value) = self.known_attribute(symbol, name) {
            return Found::Here(value);
        }
        let mut path = symbol.path.clone();
        path.push(name.into());
        Found::Perhaps(Value::symbol(symbol.root.clone(), path))
    }

    pub(super) fn select_path(&self, select: &ast::Select, env: &Env) -> Value {
        let Some(layout) = select_layout(env.file(), select) else {
            return broken();
        };
        let default = || Some(self.eval(layout.default.as_ref()?, env));
        let mut certain = true;
        let mut value = self.eval(&layout.base, env);
        for attr in &layout.path {
            let Some(name) = self.written_name(attr, env) else {
                let attr = attr.text();
                return Value::unknown(format!("the name of the attribute `{attr}` is not known"));
            };
            value = match self.find(&value, &name) {
                Found::Here(value) => value,
                Found::Perhaps(value) => {
                    certain = false;
                    value
                }
                Found::Missing => {
                    return default().unwrap_or_else(|| {
                        let origin = origin_of(select, env);
                        unresolved(missing(&name).at(origin))
                    });
                }
            };
        }
        match layout.default {
            Some(_) if !certain => choice(std::iter::once(value).chain(default())),
            _ => value,
        }
    }

    pub(super) fn has_attr(&self, has: &ast::HasAttr, env: &Env) -> Value {
        let (Some(base), Some(path)) = (has.expr(), has.attrpath()) else {
            return broken();
        };
        let mut value = self.eval(&base, env);
        for attr in path.attrs() {
            let Some(name) = self.attr_name(&attr, env) else {
                return Value::unknown("the attribute's name");
            };
            value = match self.find(&value, &name) {
                Found::Here(value) => value,
                Found::Perhaps(_) => {
                    return Value::unknown(format!("whether there is an attribute `{name}`"));
                }
                Found::Missing => return Value::bool(false),
            };
        }
        Value::bool(true)
    }
}

fn missing(name: &str) -> Value {
    Value::unknown(format!("there is no attribute `{name}`"))
}
