//! Operators.

use std::cmp::Ordering;
use std::rc::Rc;

use rnix::ast::{BinOpKind, UnaryOpKind};

use super::env::Env;
use super::letters::Letters;
use super::strings::push_coerced;
use super::value::{Attr, Attrs, Kind, List, Literals, Name, Part, Site, Text, Thunk, Value};
use super::{Evaluator, choice};
use crate::expr::{Expr, ExprId};
use crate::path::RepoPath;

impl Evaluator {
    pub(super) fn unary(&self, operator: UnaryOpKind, operand: ExprId, env: &Env) -> Value {
        match (operator, self.eval(operand, env).kind) {
            (UnaryOpKind::Invert, Kind::Bool(value)) => Value::bool(!value),
            (UnaryOpKind::Negate, Kind::Int(value)) => value
                .checked_neg()
                .map_or_else(overflow, |negated| Value::of(Kind::Int(negated))),
            (UnaryOpKind::Negate, Kind::Float(value)) => Value::of(Kind::Float(-value)),
            _ => Value::unknown("the operand is not known"),
        }
    }

    pub(super) fn binary(&self, operator: BinOpKind, lhs: ExprId, rhs: ExprId, env: &Env) -> Value {
        match operator {
            BinOpKind::And => self.junction(lhs, rhs, env, false),
            BinOpKind::Or => self.junction(lhs, rhs, env, true),
            BinOpKind::Implication => match self.eval(lhs, env).as_bool() {
                Some(false) => Value::bool(true),
                Some(true) => self.eval(rhs, env),
                None => Value::unknown("the condition is not known"),
            },
            BinOpKind::PipeRight => self.apply(&self.eval(rhs, env), &Thunk::expr(lhs, env)),
            BinOpKind::Add => {
                let left = self.eval(lhs, env);
                let exprs = env.exprs();
                match (&left.kind, &exprs[exprs.unwrap_parens(rhs)]) {
                    // `dir + /${name}`, `self + /x`: a slash that begins a path of its own goes on with what stands
                    // before, except with a string, for which Nix copies that path to the store.
                    (kind, Expr::PathAbs(parts))
                        if matches!(kind, Kind::Path(_) | Kind::Attrs(_))
                            || left.as_input().is_some() =>
                    {
                        match self.path_text(env.exprs().parts(*parts), env) {
                            Ok(text) => self.add(&left, &Value::text(text)),
                            Err(unknown) => unknown,
                        }
                    }
                    _ => self.add(&left, &self.eval(rhs, env)),
                }
            }
            BinOpKind::PipeLeft => self.apply(&self.eval(lhs, env), &Thunk::expr(rhs, env)),
            _ => self.strict(operator, &self.eval(lhs, env), &self.eval(rhs, env)),
        }
    }

    /// `&&` and `||`: `deciding` is the value of one side that settles the result.
    fn junction(&self, lhs: ExprId, rhs: ExprId, env: &Env, deciding: bool) -> Value {
        let left = self.eval(lhs, env).as_bool();
        if left == Some(deciding) {
            return Value::bool(deciding);
        }
        match (left, self.eval(rhs, env).as_bool()) {
            (_, Some(right)) if right == deciding => Value::bool(deciding),
            (Some(_), Some(right)) => Value::bool(right),
            _ => Value::unknown("the condition is not known"),
        }
    }

    fn strict(&self, operator: BinOpKind, lhs: &Value, rhs: &Value) -> Value {
        match operator {
            BinOpKind::Concat => concat(lhs, rhs),
            BinOpKind::Update => self.update(lhs, rhs),
            BinOpKind::Equal => truth(self.equal(lhs, rhs)),
            BinOpKind::NotEqual => truth(self.equal(lhs, rhs).map(|equal| !equal)),
            BinOpKind::Less => ordered(lhs, rhs, Ordering::is_lt),
            BinOpKind::LessOrEq => ordered(lhs, rhs, Ordering::is_le),
            BinOpKind::More => ordered(lhs, rhs, Ordering::is_gt),
            BinOpKind::MoreOrEq => ordered(lhs, rhs, Ordering::is_ge),
            _ => arithmetic(operator, lhs, rhs),
        }
    }

    /// `lhs // rhs`, keeping what is known of either side.
    pub(crate) fn update(&self, lhs: &Value, rhs: &Value) -> Value {
        if let Some(merged) = self.below_library(lhs, rhs) {
            return merged;
        }
        match (&lhs.kind, &rhs.kind) {
            (_, Kind::Choice(values)) => choice(values.iter().map(|rhs| self.update(lhs, rhs))),
            (Kind::Choice(values), _) => choice(values.iter().map(|lhs| self.update(lhs, rhs))),
            (Kind::Attrs(a), Kind::Attrs(b)) if b.rest.is_none() => {
                let mut merged = Attrs {
                    map: a.map.clone(),
                    rest: a.rest.clone(),
                    literals: a.literals.clone(),
                };
                merged
                    .map
                    .extend(b.map.iter().map(|(name, attr)| (*name, attr.clone())));
                merged.literals.extend(b.literals.iter().cloned());
                Value::of(Kind::Attrs(Rc::new(merged)))
            }
            (Kind::Attrs(a), Kind::Attrs(b))
                if a.map.keys().all(|name| b.map.contains_key(name)) && a.rest.is_none() =>
            {
                Value::of(Kind::Attrs(b.clone()))
            }
            (_, Kind::Attrs(b)) if b.rest.is_none() => {
                let merged = Attrs {
                    map: b.map.clone(),
                    rest: Some(lhs.clone().into()),
                    literals: b.literals.clone(),
                };
                Value::of(Kind::Attrs(Rc::new(merged)))
            }
            (Kind::Attrs(a), _) if a.map.is_empty() && a.rest.is_none() => rhs.clone(),
            // What the right side has for certain is known all the same.
            (_, Kind::Attrs(b)) => {
                let rest = b.rest.as_ref().map(|rest| self.update(lhs, rest).into());
                let merged = Attrs {
                    map: b.map.clone(),
                    rest,
                    literals: b.literals.clone(),
                };
                Value::of(Kind::Attrs(Rc::new(merged)))
            }
            (Kind::Attrs(a), _) => {
                Value::of(Kind::Attrs(Rc::new(hidden(a, &hides(rhs), |_| true))))
            }
            _ => hides(rhs),
        }
    }

    fn add(&self, lhs: &Value, rhs: &Value) -> Value {
        match (&lhs.kind, &rhs.kind) {
            (Kind::Int(a), Kind::Int(b)) => a
                .checked_add(*b)
                .map_or_else(overflow, |sum| Value::of(Kind::Int(sum))),
            (Kind::Float(a), Kind::Float(b)) => Value::of(Kind::Float(a + b)),
            // Whether the sum is a path, a string or a number, the left side decides.
            (Kind::Unknown(_), _) => lhs.clone(),
            (Kind::Choice(_), _) => self.each(lhs, |lhs| self.add(lhs, rhs)),
            (_, Kind::Choice(_)) => self.each(rhs, |rhs| self.add(lhs, rhs)),
            // A path plus a string is a path; a string plus a path is a string.
            (Kind::Path(path), _) => match rhs.as_text() {
                Some(text) => joined(path, &text),
                None => rhs.obscures(|what| format!("the path depends on {what}")),
            },
            _ => {
                let mut text = Text::default();
                push_coerced(&mut text, self.coerced(lhs.clone()));
                push_coerced(&mut text, self.coerced(rhs.clone()));
                Value::from(text)
            }
        }
    }

    /// Whether two values are equal in Nix; `None` where that is not known.
    pub(super) fn equal(&self, lhs: &Value, rhs: &Value) -> Option<bool> {
        match (&lhs.kind, &rhs.kind) {
            (Kind::Null, Kind::Null) => Some(true),
            (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
            (Kind::Int(a), Kind::Int(b)) => Some(a == b),
            (Kind::Path(a), Kind::Path(b)) => Some(a == b),
            (Kind::Text(_), Kind::Text(_)) => Letters::of(lhs)?.equals(&Letters::of(rhs)?),
            (Kind::List(a), Kind::List(b)) => self.equal_lists(a, b),
            (Kind::Attrs(a), Kind::Attrs(b)) if a.rest.is_none() && b.rest.is_none() => {
                let names = a.map.keys().eq(b.map.keys());
                (a.map.is_empty() || b.map.is_empty() || !names).then_some(names)
            }
            (Kind::Float(_), _) | (_, Kind::Float(_)) => None,
            (Kind::Null, Kind::Call(call)) | (Kind::Call(call), Kind::Null) => {
                self.makes_host(call).then_some(false)
            }
            (a, b) => (is_data(a) && is_data(b)).then_some(false),
        }
    }

    fn equal_lists(&self, a: &List, b: &List) -> Option<bool> {
        let (a, b) = (a.known_items()?, b.known_items()?);
        if a.len() != b.len() {
            return Some(false);
        }
        a.iter().zip(&b).try_fold(true, |equal, (a, b)| {
            Some(equal && self.equal(&self.force(a), &self.force(b))?)
        })
    }
}

/// Whether the kind of the value is settled, so that values of two such kinds differ.
fn is_data(kind: &Kind) -> bool {
    !super::names::is_opaque(kind)
}

/// Whether one of `values` is true; `None` where that is not known.
pub(super) fn any(mut values: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut doubt = false;
    let found = values.any(|value| {
        doubt |= value.is_none();
        value == Some(true)
    });
    (found || !doubt).then_some(found)
}

pub(super) fn truth(value: Option<bool>) -> Value {
    value.map_or_else(|| Value::unknown("the condition is not known"), Value::bool)
}

fn overflow() -> Value {
    Value::unknown("the number is too large")
}

fn joined(path: &RepoPath, text: &str) -> Value {
    // `./a + "b"` is `./ab`: only a slash starts a new component. What is joined to the root so stands beside it.
    if path.is_root() && !text.is_empty() && !text.starts_with('/') {
        return Value::unknown(format!("the path `./. + \"{text}\"` leaves the repository"));
    }
    let whole = format!("{}{text}", path.as_str());
    match RepoPath::root().join(&whole) {
        Some(path) => Value::of(Kind::Path(path)),
        None => Value::unknown(format!("the path `{path}{text}` leaves the repository")),
    }
}

/// Whether two numbers or two strings stand in an order; Nix compares strings byte by byte.
pub(super) fn ordered(lhs: &Value, rhs: &Value, is_it: fn(Ordering) -> bool) -> Value {
    let ordering = match (&lhs.kind, &rhs.kind) {
        (Kind::Int(a), Kind::Int(b)) => Some(a.cmp(b)),
        _ => (lhs.as_text().zip(rhs.as_text())).map(|(a, b)| a.cmp(&b)),
    };
    match ordering {
        Some(ordering) => Value::bool(is_it(ordering)),
        None => Value::unknown("the order is not known"),
    }
}

fn arithmetic(operator: BinOpKind, lhs: &Value, rhs: &Value) -> Value {
    let (Kind::Int(a), Kind::Int(b)) = (&lhs.kind, &rhs.kind) else {
        return Value::unknown("the numbers are not known");
    };
    let number =
        |value: Option<i64>| value.map_or_else(overflow, |value| Value::of(Kind::Int(value)));
    match operator {
        BinOpKind::Sub => number(a.checked_sub(*b)),
        BinOpKind::Mul => number(a.checked_mul(*b)),
        BinOpKind::Div => number(a.checked_div(*b)),
        _ => Value::unknown("the operator is not followed"),
    }
}

/// More parts than this are a runaway doubling: a listing of the largest repositories is far below.
pub(super) const LONGEST_LIST: usize = 250_000;

/// In the place of a list that nobody wrote for a machine.
pub(super) fn too_long() -> Value {
    Value::unknown("the list is too long")
}

/// `lhs ++ rhs`, keeping what is known of either side.
pub(crate) fn concat(lhs: &Value, rhs: &Value) -> Value {
    let mut parts = parts_of(lhs);
    parts.extend(parts_of(rhs));
    if parts.len() > LONGEST_LIST {
        return too_long();
    }
    let sets = sets_of(lhs).chain(sets_of(rhs)).cloned().collect();
    Value::of(Kind::List(Rc::new(List { parts, sets })))
}

/// The sets whose values are items of the list.
fn sets_of(list: &Value) -> impl Iterator<Item = &Rc<Attrs>> {
    let list = match &list.kind {
        Kind::List(list) => Some(list),
        _ => None,
    };
    list.into_iter().flat_map(|list| &list.sets)
}

/// The parts of a value that is used as a list.
pub(super) fn parts_of(value: &Value) -> Vec<Part> {
    match &value.kind {
        Kind::List(list) => list.parts.clone(),
        _ => vec![Part::Stretch(value.clone())],
    }
}

/// What anything is that is merged with `rhs`, of which nothing is known.
fn hides(rhs: &Value) -> Value {
    rhs.obscures(|what| format!("it is merged with {what}, which may hide any of its attributes"))
}

/// A set with the names of `attrs`, where each attribute that is hidden, and any that is not among them, may be something
/// else because of `why`.
fn hidden(attrs: &Attrs, why: &Value, is_hidden: impl Fn(Name) -> bool) -> Attrs {
    let why_at = |site: Option<&Site>| match site {
        Some(site) => why.clone().at(site.origin()),
        None => why.clone(),
    };
    let attr = |name: Name, attr: &Attr| match is_hidden(name) {
        true => Attr {
            value: Thunk::done(why_at(attr.binding.as_ref())),
            binding: None,
        },
        false => attr.clone(),
    };
    let attributes = attrs.map.iter();
    Attrs {
        map: attributes
            .map(|(name, own)| (*name, attr(*name, own)))
            .collect(),
        rest: Some(why_at(attrs.literals.first()).into()),
        literals: Literals::new(),
    }
}

/// `attrs // library`, where the library has no other attributes than those that `may_have` tells.
pub(super) fn update_by_library(
    attrs: &Attrs,
    library: &Value,
    may_have: impl Fn(Name) -> bool,
) -> Value {
    let mut merged = hidden(attrs, &hides(library), may_have);
    if attrs.rest.is_none() {
        merged.rest = Some(library.clone().into());
    }
    Value::of(Kind::Attrs(Rc::new(merged)))
}
