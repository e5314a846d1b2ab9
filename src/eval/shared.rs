//! Work that hosts share: a module function that is given the very same arguments again gives the very same value.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Evaluator;
use super::value::{Attrs, Kind, Lambda, Root, Thunk, Value};
use crate::expr::{Formal, Param};

/// The module argument that a host's options are read through.
const CONFIG: &str = "config";

/// What was computed for one host and may serve another.
#[derive(Default)]
pub(super) struct Shared {
    applied: RefCell<FxHashMap<Call, Value>>,
    arguments: RefCell<FxHashMap<&'static str, Thunk>>,
}

/// A function and the thunks of its formals. Both are held, so that no other value comes to lie at the same address.
struct Call {
    function: Rc<Lambda>,
    formals: Vec<Thunk>,
}

impl Call {
    fn addresses(&self) -> impl Iterator<Item = usize> {
        let function = Rc::as_ptr(&self.function).addr();
        std::iter::once(function).chain(self.formals.iter().map(Thunk::address))
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Call) -> bool {
        self.addresses().eq(other.addresses())
    }
}

impl Eq for Call {}

impl std::hash::Hash for Call {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.addresses()
            .for_each(|address| state.write_usize(address));
    }
}

impl Evaluator {
    /// The module argument `name` that stays a name; the same for every host.
    pub fn argument(&self, name: &'static str) -> Thunk {
        let new = || Thunk::done(Value::symbol(Root::Argument(name.into()), Vec::new()));
        let mut arguments = self.shared.arguments.borrow_mut();
        arguments.entry(name).or_insert_with(new).clone()
    }

    /// A module function applied to the set of all module arguments. Of these only the formals count, so a host that
    /// has the same ones shares the result with the host before it.
    pub fn apply_module(&self, function: &Value, arguments: &Thunk) -> Value {
        let call = match (&function.kind, self.force(arguments).kind) {
            (Kind::Lambda(lambda), Kind::Attrs(attrs)) => self.call_of(lambda, &attrs),
            _ => None,
        };
        let Some(call) = call else {
            return self.apply(function, arguments);
        };
        if let Some(known) = self.shared.applied.borrow().get(&call) {
            return known.clone();
        }
        let value = self.apply(function, arguments);
        self.shared.applied.borrow_mut().insert(call, value.clone());
        value
    }

    /// The call, if the function sees nothing but formals that the arguments certainly have and other hosts may have too.
    fn call_of(&self, function: &Rc<Lambda>, arguments: &Attrs) -> Option<Call> {
        let Param::Pattern(pattern) = &function.function().param else {
            return None;
        };
        if pattern.at_name.is_some() || !pattern.is_open {
            return None;
        }
        let given = |formal: &Formal| {
            let thunk = arguments.map.at(formal.name)?.value.clone();
            // A host's own `config` is no other's, and what is made of it need not be kept.
            let is_own = &*formal.name == CONFIG && !thunk.is(&self.argument(CONFIG));
            (!is_own).then_some(thunk)
        };
        let formals = pattern.formals.iter().map(given).collect::<Option<_>>()?;
        Some(Call {
            function: function.clone(),
            formals,
        })
    }
}
