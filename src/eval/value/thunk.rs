//! Values that are computed when they are first needed.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Name, Value};
use crate::eval::Evaluator;
use crate::eval::env::Env;
use crate::eval::sets::Nested;
use crate::expr::{Expr, ExprId};

/// A value that is computed when it is first needed.
#[derive(Clone)]
pub struct Thunk(pub(in crate::eval) Rc<RefCell<State>>);

/// How far a thunk is.
pub(in crate::eval) enum State {
    Done(Value),
    Expr(ExprId, Env),
    Apply(Thunk, Thunk),
    Select(Thunk, Name),
    Nested(Nested),
    Native(Box<dyn FnOnce(&Evaluator) -> Value>),
    Forcing,
}

impl Thunk {
    /// A thunk that is already a value.
    pub fn done(value: Value) -> Thunk {
        Thunk(Rc::new(RefCell::new(State::Done(value))))
    }

    /// `function` applied to `argument`, later.
    pub fn apply(function: &Thunk, argument: &Thunk) -> Thunk {
        Thunk(Rc::new(RefCell::new(State::Apply(
            function.clone(),
            argument.clone(),
        ))))
    }

    /// The attribute `name` of `set`, later.
    pub fn select(set: &Thunk, name: Name) -> Thunk {
        Thunk(Rc::new(RefCell::new(State::Select(set.clone(), name))))
    }

    /// What bindings make below the beginning of their paths, later.
    pub(in crate::eval) fn nested(nested: Nested) -> Thunk {
        Thunk(Rc::new(RefCell::new(State::Nested(nested))))
    }

    /// Whatever `compute` gives, later.
    pub fn native(compute: impl FnOnce(&Evaluator) -> Value + 'static) -> Thunk {
        Thunk(Rc::new(RefCell::new(State::Native(Box::new(compute)))))
    }

    /// The expression in its scope, later. A variable is the very thunk that it is bound to, so that what two hosts are
    /// given by the same name is seen to be the same.
    pub fn expr(expr: ExprId, env: &Env) -> Thunk {
        if let Expr::Ident(name) = &env.exprs()[expr]
            && let Some(bound) = env.settled(*name)
        {
            return bound;
        }
        Thunk(Rc::new(RefCell::new(State::Expr(expr, env.clone()))))
    }

    /// The value, if it is there already.
    pub fn peek(&self) -> Option<Value> {
        match &*self.0.borrow() {
            State::Done(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// What tells this thunk from all others that are held.
    pub(in crate::eval) fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// Whether both are the very same thunk.
    pub fn is(&self, other: &Thunk) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
