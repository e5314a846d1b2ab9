//! Applying functions: the user's lambdas, the known functions, and everything opaque.

use std::rc::Rc;

use super::env::{Env, NamesOf};
use super::names::Found;
use super::value::{Call, Kind, Lambda, Name, NameMap, Origin, Primop, Thunk, Value};
use super::{Evaluator, origin_at};
use crate::expr::{Param, Pattern};

/// A function without `...` that was called with the set of all flake inputs: it breaks when there is one more.
#[derive(Clone)]
pub struct ClosedCall {
    /// The pattern `{ self, nixpkgs }`.
    pub pattern: Origin,
    /// The names it takes.
    pub formals: Vec<Name>,
    /// The names it is given and does not take: with any, Nix refuses the call.
    pub surplus: Vec<Name>,
}

impl Evaluator {
    /// `function` applied to `argument`.
    pub fn apply(&self, function: &Value, argument: &Thunk) -> Value {
        match &function.kind {
            Kind::Lambda(lambda) => self.apply_lambda(lambda, argument),
            Kind::Primop(primop) => self.apply_primop(primop, argument),
            Kind::Symbol(symbol) => self
                .apply_symbol(symbol, argument)
                .unwrap_or_else(|| self.opaque_call(function, argument)),
            Kind::Call(_) => self.opaque_call(function, argument),
            Kind::Attrs(_) => match self.get(function, "__functor") {
                Some(functor) => {
                    let bound = self.apply(&functor, &Thunk::done(function.clone()));
                    self.apply(&bound, argument)
                }
                None => Value::unknown("something that is no function is called"),
            },
            Kind::Choice(_) => self.each(function, |one| self.apply(one, argument)),
            Kind::Unknown(reason) => {
                self.note_given(argument);
                Value::unknown(reason.clone())
            }
            _ => function.obscures(|what| format!("{what} is called")),
        }
    }

    /// `function` applied to each of `arguments` in turn.
    pub fn apply_all(&self, function: &Value, arguments: &[Thunk]) -> Value {
        arguments
            .iter()
            .fold(function.clone(), |function, argument| {
                self.apply(&function, argument)
            })
    }

    fn apply_primop(&self, primop: &Primop, argument: &Thunk) -> Value {
        let mut args = primop.args.clone();
        args.push(argument.clone());
        if args.len() == primop.function.arity {
            return (primop.function.run)(self, &args);
        }
        Value::of(Kind::Primop(Rc::new(Primop {
            function: primop.function,
            args,
        })))
    }

    fn opaque_call(&self, function: &Value, argument: &Thunk) -> Value {
        self.note_given(argument);
        Value::of(Kind::Call(Rc::new(Call {
            function: function.clone(),
            argument: argument.clone(),
        })))
    }

    pub(super) fn apply_lambda(&self, lambda: &Lambda, argument: &Thunk) -> Value {
        let function = lambda.function();
        let env = match &function.param {
            Param::Name(name) => lambda.env.bind(NamesOf::Parameters, |_| {
                NameMap::from_iter([(*name, argument.clone())])
            }),
            Param::Pattern(pattern) => self.match_pattern(pattern, &lambda.env, argument),
        };
        self.eval(function.body, &env)
    }

    fn match_pattern(&self, pattern: &Pattern, outer: &Env, argument: &Thunk) -> Env {
        if !pattern.is_open {
            self.note_closed_call(pattern, outer, argument);
        }
        outer.bind(NamesOf::Parameters, |inner| {
            let formals = pattern.formals.iter().map(|one| {
                let default = one.default.map(|default| Thunk::expr(default, inner));
                (one.name, formal(argument, one.name, default))
            });
            let mut names: NameMap<Thunk> = formals.collect();
            if let Some(name) = &pattern.at_name {
                names.insert(*name, argument.clone());
            }
            names
        })
    }

    fn note_closed_call(&self, pattern: &Pattern, env: &Env, argument: &Thunk) {
        let Kind::Attrs(attrs) = self.force(argument).kind else {
            return;
        };
        let inputs = self.inputs.borrow();
        if inputs.kinds.is_empty()
            || !inputs
                .kinds
                .keys()
                .all(|input| attrs.map.contains_key(input))
        {
            return;
        }
        drop(inputs);
        let names = pattern.formals.iter().map(|formal| formal.name);
        let formals: Vec<Name> = names.collect();
        let surplus = attrs.map.keys().filter(|name| !formals.contains(name));
        self.closed_calls.borrow_mut().push(ClosedCall {
            pattern: origin_at(pattern.span, env),
            surplus: surplus.cloned().collect(),
            formals,
        });
    }

    /// The functions without `...` that were called with the set of all flake inputs so far.
    pub fn closed_calls(&self) -> Vec<ClosedCall> {
        let mut calls = self.closed_calls.borrow().clone();
        calls.sort_by_key(|call| call.pattern.key());
        calls.dedup_by_key(|call| call.pattern.key());
        calls
    }
}

/// A formal's value: the argument's attribute, else its default.
fn formal(argument: &Thunk, name: Name, default: Option<Thunk>) -> Thunk {
    let argument = argument.clone();
    let Some(default) = default else {
        return Thunk::select(&argument, name);
    };
    Thunk::native(move |ev| {
        let set = ev.force(&argument);
        match ev.find(&set, name) {
            Found::Here(value) => value,
            Found::Missing => ev.force(&default),
            Found::Perhaps(value) => super::choice([value, ev.force(&default)]),
        }
    })
}
