//! The module system in small: what `lib.evalModules` makes of modules, for the frameworks that describe a flake with them.
//!
//! Options that are not declared are merged freely, so a module nixfix cannot look into hides only what it alone sets.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::definition::Definition;
use super::merge::{self, Place};
use super::walk::{Collected, Seed, collect};
use crate::eval::operators::parts_of;
use crate::eval::value::{Attr, Kind, Lambda, Name, Part, Root, Thunk, Value};
use crate::eval::{Evaluator, from_unseen};

/// One evaluation of modules, shared by the thunks of its result.
struct Evaluation {
    seeds: Vec<Seed>,
    special: Thunk,
    config: RefCell<Option<Thunk>>,
    options: RefCell<Option<Thunk>>,
    collected: RefCell<Option<Rc<Collected>>>,
    collecting: Cell<bool>,
}

/// `lib.evalModules { modules; specialArgs; }`
pub(in crate::eval) fn eval_modules(ev: &Evaluator, args: &[Thunk]) -> Value {
    let argument = ev.force(&args[0]);
    let special = ev
        .get(&argument, "specialArgs")
        .unwrap_or_else(|| Value::attrs([]));
    let modules = parts_of(&ev.select(&argument, "modules"));
    let seeds = modules.into_iter().flat_map(Part::into_items);
    evaluate(seeds.map(Seed::module).collect(), Thunk::done(special))
}

/// The result of an evaluation: `config`, `options` and `_module`.
pub(super) fn evaluate(seeds: Vec<Seed>, special: Thunk) -> Value {
    let evaluation = Rc::new(Evaluation {
        seeds,
        special: special.clone(),
        config: RefCell::default(),
        options: RefCell::default(),
        collected: RefCell::default(),
        collecting: Cell::new(false),
    });
    let shared = evaluation.clone();
    let config = Thunk::native(move |ev| shared.merged(ev));
    let shared = evaluation.clone();
    let options = Thunk::native(move |ev| shared.declared(ev));
    *evaluation.config.borrow_mut() = Some(config.clone());
    *evaluation.options.borrow_mut() = Some(options.clone());
    let arguments = Thunk::select(&Thunk::select(&config, "_module".into()), "args".into());
    let shared = evaluation.clone();
    let unseen = Thunk::native(move |ev| shared.unseen(ev));
    let module = Value::attrs([
        ("args".into(), arguments),
        ("specialArgs".into(), special),
        ("unseen".into(), unseen),
    ]);
    Value::attrs([
        ("config".into(), config),
        ("options".into(), options),
        ("_module".into(), Thunk::done(module)),
    ])
}

impl Evaluation {
    fn merged(self: &Rc<Self>, ev: &Evaluator) -> Value {
        match self.collect(ev) {
            Some(collected) => {
                let declarations = collected
                    .declarations
                    .iter()
                    .map(|tree| ev.force(tree))
                    .collect();
                merge::tree(
                    ev,
                    Place {
                        declarations,
                        definitions: collected.definitions.clone(),
                    },
                )
            }
            None => Value::unknown("what a module imports depends on the configuration"),
        }
    }

    fn declared(self: &Rc<Self>, ev: &Evaluator) -> Value {
        match self.collect(ev) {
            Some(collected) => {
                let trees = collected
                    .declarations
                    .iter()
                    .cloned()
                    .map(Definition::of)
                    .collect();
                merge::free(ev, trees)
            }
            None => Value::unknown("what a module imports depends on the options"),
        }
    }

    /// What the modules that are not followed may add to any set: nothing, where there are none.
    fn unseen(self: &Rc<Self>, ev: &Evaluator) -> Value {
        let collected = self.collect(ev);
        let unseen = collected.as_ref().map_or(&[][..], |found| &found.unseen);
        if unseen.is_empty() {
            return Value::attrs([]);
        }
        Value::unknown(format!("it {}", from_unseen(unseen)))
    }

    /// Looks into the modules; `None` while that is going on.
    fn collect(self: &Rc<Self>, ev: &Evaluator) -> Option<Rc<Collected>> {
        if let Some(collected) = &*self.collected.borrow() {
            return Some(collected.clone());
        }
        if self.collecting.replace(true) {
            return None;
        }
        let arguments = |lambda: Option<&Lambda>| self.arguments(ev, lambda);
        let collected = Rc::new(collect(ev, &self.seeds, &arguments));
        *self.collected.borrow_mut() = Some(collected.clone());
        self.collecting.set(false);
        Some(collected)
    }

    /// What a module function is called with: the special arguments, the module system's own, and for each formal
    /// that is none of them the `_module.args` of that name.
    fn arguments(&self, ev: &Evaluator, lambda: Option<&Lambda>) -> Value {
        let special = ev.force(&self.special);
        let mut attrs = special
            .as_attrs()
            .map(|attrs| (**attrs).clone())
            .unwrap_or_default();
        let attr = |value: Thunk| Attr {
            value,
            binding: None,
        };
        let lib = Thunk::done(Value::symbol(Root::Argument("lib".into()), Vec::new()));
        attrs.map.entry("lib".into()).or_insert_with(|| attr(lib));
        for (name, thunk) in [("config", &self.config), ("options", &self.options)] {
            if let Some(thunk) = &*thunk.borrow() {
                attrs.map.insert(name.into(), attr(thunk.clone()));
            }
        }
        let config = self.config.borrow().clone();
        let Some(config) = config else {
            return Value::of(Kind::Attrs(Rc::new(attrs)));
        };
        let given = Thunk::select(&Thunk::select(&config, "_module".into()), "args".into());
        for name in lambda.map(formals).unwrap_or_default() {
            let value = Thunk::select(&given, name);
            attrs.map.entry(name).or_insert_with(|| attr(value));
        }
        Value::of(Kind::Attrs(Rc::new(attrs)))
    }
}

fn formals(lambda: &Lambda) -> Vec<Name> {
    let formals = lambda.function().param.formals().iter();
    formals.map(|formal| formal.name).collect()
}
