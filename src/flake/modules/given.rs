//! The modules of a host with other arguments than they were found with. Which modules there are cannot depend on these in
//! Nix, so nothing is looked for again, and a module is looked at only when it is asked for.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::items::{self, Item};
use super::{ModuleKey, Modules};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Lambda, Thunk, Value};

/// Modules that are given other arguments.
pub struct Given {
    /// The modules as they were found.
    pub modules: Rc<Modules>,
    arguments: Thunk,
    values: RefCell<FxHashMap<usize, Known>>,
}

/// What is known of a module.
enum Known {
    /// It is being given its arguments.
    Reading,
    /// It was given them.
    Read(Applied),
}

/// A module that was given its arguments, and the function that it is, if it is one.
pub(super) type Applied = (Value, Option<Rc<Lambda>>);

impl Given {
    /// `modules`, with `arguments` for those that are functions.
    pub fn new(modules: Rc<Modules>, arguments: Thunk) -> Given {
        Given {
            modules,
            arguments,
            values: RefCell::default(),
        }
    }

    /// The attribute set that the module of that index is. Asked for again while it is being found out, it is unknown.
    pub fn value(&self, ev: &Evaluator, index: usize) -> Value {
        self.module(ev, index).0
    }

    /// The module of that index.
    pub(super) fn module(&self, ev: &Evaluator, index: usize) -> Applied {
        match self.values.borrow().get(&index) {
            Some(Known::Read(module)) => return module.clone(),
            Some(Known::Reading) => {
                ev.note_circle();
                return unknown("which modules there are depends on what they set");
            }
            None => {}
        }
        self.values.borrow_mut().insert(index, Known::Reading);
        let (module, lasts) = ev.lasting(|| self.read(ev, index));
        let mut values = self.values.borrow_mut();
        match lasts {
            true => values.insert(index, Known::Read(module.clone())),
            false => values.remove(&index),
        };
        module
    }

    fn read(&self, ev: &Evaluator, index: usize) -> Applied {
        let module = &self.modules.all[index];
        match (module.parent, &module.key) {
            (None, _) | (_, ModuleKey::File(_)) => {}
            // What is written in a module can see the arguments of that.
            (Some(parent), _) => {
                let value = self.value(ev, parent);
                if !is_same(&value, &self.modules.all[parent].value) {
                    return self.written_in(ev, &value, parent, index);
                }
            }
        }
        let value = match &module.function {
            Some(function) => ev.apply_module(function, &self.arguments),
            None => module.value.clone(),
        };
        (value, module.function.clone())
    }

    /// The module of that index, which stands in what `parent` imports.
    fn written_in(&self, ev: &Evaluator, value: &Value, parent: usize, index: usize) -> Applied {
        let is_in_it = |index: &usize| {
            let module = &self.modules.all[*index];
            module.parent == Some(parent) && !matches!(module.key, ModuleKey::File(_))
        };
        let position = (parent..index).filter(is_in_it).count();
        let found = in_place(ev, value).into_iter().nth(position);
        match found {
            Some(Item::Inline(item)) => applied(ev, item, &self.arguments),
            Some(Item::File(_, item) | Item::Opaque(item)) => (item, None),
            None => unknown("which modules there are depends on their arguments"),
        }
    }
}

fn unknown(reason: &str) -> Applied {
    (Value::unknown(reason), None)
}

/// What the module `value` imports that is no file, in order.
fn in_place(ev: &Evaluator, value: &Value) -> Vec<Item> {
    let mut found = Vec::new();
    imports(ev, value, &mut |list, certain| {
        items::each(ev, list, certain, &mut |item, _| {
            if !matches!(item, Item::File(..)) {
                found.push(item);
            }
        });
    });
    found
}

/// Calls `f` with each list that the module `value` may have as its imports, and whether it has it for certain.
pub(super) fn imports(ev: &Evaluator, value: &Value, f: &mut dyn FnMut(&Value, bool)) {
    match &value.kind {
        Kind::Attrs(_) => {
            if let Some(list) = ev.get(value, "imports") {
                f(&list, true);
            }
        }
        Kind::Choice(values) => {
            for list in values.iter().filter_map(|value| ev.get(value, "imports")) {
                f(&list, false);
            }
        }
        _ => {}
    }
}

/// Whether it is the same value, not only one like it.
fn is_same(one: &Value, other: &Value) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Attrs(one), Kind::Attrs(other)) => Rc::ptr_eq(one, other),
        _ => false,
    }
}

/// A module, given its arguments if it is a function, and the function that it is.
pub(super) fn applied(ev: &Evaluator, module: Value, arguments: &Thunk) -> Applied {
    if let Kind::Lambda(function) = module.kind {
        return (ev.apply_module(&function, arguments), Some(function));
    }
    let Some(functor) = ev.get(&module, "__functor") else {
        return (module, None);
    };
    let function = ev.apply(&functor, &Thunk::done(module));
    match function.kind {
        Kind::Lambda(function) => (ev.apply_module(&function, arguments), Some(function)),
        _ => (ev.apply(&function, arguments), None),
    }
}
