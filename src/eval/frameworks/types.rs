//! The types of options, as far as they decide how definitions are merged.

use std::rc::Rc;

use crate::eval::Evaluator;
use crate::eval::value::{Kind, Thunk, Value};

/// How definitions of a type are merged.
#[derive(Clone)]
pub(super) enum Type {
    Free,
    Anything,
    /// What becomes of a definition is not followed, for this reason.
    Opaque(&'static str),
    Nullable(Rc<Type>),
    Attrs {
        element: Rc<Type>,
        /// Whether an attribute is there also where none of its definitions counts.
        lazy: bool,
    },
    List(Rc<Type>),
    Submodule {
        modules: Vec<Thunk>,
        shorthand: bool,
        /// The special arguments of its modules.
        special: Value,
    },
    Deferred(Vec<Thunk>),
}

/// The type that `value` stands for.
pub(super) fn read_type(ev: &Evaluator, value: &Value) -> Type {
    let nested = || {
        Rc::new(
            ev.get(value, "nested")
                .map_or(Type::Free, |nested| read_type(ev, &nested)),
        )
    };
    let modules = || match ev.select(value, "modules").kind {
        Kind::List(list) => list.items().flatten().cloned().collect(),
        _ => Vec::new(),
    };
    let shorthand = || {
        ev.get(value, "shorthand")
            .and_then(|value| value.as_bool())
            .unwrap_or_default()
    };
    match ev
        .get(value, "name")
        .and_then(|name| name.as_text())
        .as_deref()
    {
        Some("anything") => Type::Anything,
        Some(kind @ ("attrsOf" | "lazyAttrsOf")) => Type::Attrs {
            element: nested(),
            lazy: kind == "lazyAttrsOf",
        },
        Some("listOf") => Type::List(nested()),
        Some("nullOr") => Type::Nullable(nested()),
        Some("either") => either(ev, value),
        Some("coercedTo") => Type::Opaque("a value of its type may be converted"),
        Some("submodule") => Type::Submodule {
            modules: modules(),
            shorthand: shorthand(),
            special: ev.get(value, "special").unwrap_or_else(|| Value::attrs([])),
        },
        Some("deferredModule") => Type::Deferred(modules()),
        _ => Type::Free,
    }
}

/// One of several types: which one is not told, which only matters where they merge in ways of their own.
fn either(ev: &Evaluator, value: &Value) -> Type {
    let Kind::List(types) = ev.select(value, "either").kind else {
        return Type::Free;
    };
    let mut types = types.items().flatten();
    let is_free = |one: &Thunk| matches!(read_type(ev, &ev.force(one)), Type::Free);
    match types.all(is_free) {
        true => Type::Free,
        false => Type::Opaque("it may be of several types"),
    }
}

/// The type of an option that is declared twice; what declares it first comes second.
pub(super) fn together(ev: &Evaluator, first: Type, second: Type) -> Type {
    match (first, second) {
        (
            Type::Submodule {
                modules,
                shorthand,
                special,
            },
            Type::Submodule {
                modules: mut before,
                special: other,
                ..
            },
        ) => {
            before.extend(modules);
            Type::Submodule {
                modules: before,
                shorthand,
                special: ev.update(&other, &special),
            }
        }
        (Type::Deferred(modules), Type::Deferred(mut before)) => {
            before.extend(modules);
            Type::Deferred(before)
        }
        (
            Type::Attrs {
                element: first,
                lazy,
            },
            Type::Attrs {
                element: second, ..
            },
        ) => Type::Attrs {
            element: Rc::new(together(ev, (*first).clone(), (*second).clone())),
            lazy,
        },
        (Type::Nullable(first), Type::Nullable(second)) => {
            Type::Nullable(Rc::new(together(ev, (*first).clone(), (*second).clone())))
        }
        (Type::List(first), Type::List(second)) => {
            Type::List(Rc::new(together(ev, (*first).clone(), (*second).clone())))
        }
        (Type::Free, second) => second,
        (first, _) => first,
    }
}
