//! Work that hosts share: a module function that is given the very same arguments again gives the very same value.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Evaluator;
use super::value::{Kind, Lambda, Root, Thunk, Value};
use crate::expr::Formal;

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
    pub fn apply_module(&self, function: &Rc<Lambda>, arguments: &Thunk) -> Value {
        let Some(call) = self.call_of(function, arguments) else {
            return self.apply_lambda(function, arguments);
        };
        if let Some(known) = self.shared.applied.borrow().get(&call) {
            return known.clone();
        }
        let value = self.apply_lambda(function, arguments);
        self.shared.applied.borrow_mut().insert(call, value.clone());
        value
    }

    /// The call, if the function sees nothing but formals that the arguments certainly have and other hosts may have too.
    fn call_of(&self, function: &Rc<Lambda>, arguments: &Thunk) -> Option<Call> {
        let Kind::Attrs(arguments) = self.force(arguments).kind else {
            return None;
        };
        let lambda = function.function();
        let pattern = lambda.param.pattern()?;
        if pattern.at_name.is_some() || !pattern.is_open {
            return None;
        }
        let given = |formal: &Formal| {
            let thunk = arguments.map.at(formal.name)?.value.clone();
            let anyones = self.argument(CONFIG);
            if &*formal.name != CONFIG || thunk.is(&anyones) {
                return Some(thunk);
            }
            // A host's own `config` is no other's, and what is made of it need not be kept.
            let is_seen = function.env.exprs().may_use(lambda, formal.name);
            (!is_seen).then_some(anyones)
        };
        let formals = pattern.formals.iter().map(given).collect::<Option<_>>()?;
        Some(Call {
            function: function.clone(),
            formals,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::{Expr, Exprs};

    #[test]
    fn whether_a_function_may_use_an_argument_is_told_from_its_body() {
        for (text, may_use) in [
            ("{ config, ... }: { a = config.b; }", true),
            ("{ config, ... }: { a = x: [ \"${config.b}\" ]; }", true),
            ("{ config, ... }: ./a/${config}", true),
            ("{ config, ... }: { inherit config; }", true),
            ("{ config, ... }: { inherit (config) a; }", true),
            ("{ config, ... }: with config; a", true),
            ("{ config, a ? config, ... }: a", true),
            ("{ config, ... }: config", true),
            ("{ config, lib, ... }: { config.a = lib.b.config; }", false),
            ("{ config, ... }: { a = \"config\"; /* config */ }", false),
            ("{ config, ... }: 1", false),
        ] {
            let exprs = Exprs::parse(text).ok();
            let exprs = exprs.as_ref().unwrap_or_else(|| panic!("{text}"));
            let Expr::Lambda(function) = &exprs[exprs.root()] else {
                panic!("{text}");
            };
            assert_eq!(exprs.may_use(function, "config".into()), may_use, "{text}");
        }
    }
}
