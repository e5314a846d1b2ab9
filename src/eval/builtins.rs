//! The functions nixfix knows natively: the table of them, and how `builtins` and the global names reach it.
//!
//! Everything here must be right where its arguments are known and `Unknown` where they are not; a stretch of a list that
//! is not known stays one.

mod attrs;
mod lists;
mod names;
mod strings;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use names::{ALWAYS, SOMETIMES};

use super::Evaluator;
use super::choice;
use super::files;
use super::frameworks;
use super::is_own;
use super::operators::ordered;
use super::value::{Kind, Name, Primop, PrimopEntry, Thunk, Value};
use crate::expr::GLOBALS;
use crate::path::RepoPath;

/// A function that takes its arguments forced.
const fn primop(
    name: &'static str,
    arity: usize,
    run: fn(&Evaluator, &[Thunk]) -> Value,
) -> PrimopEntry {
    PrimopEntry { name, arity, run }
}

static TABLE: LazyLock<FxHashMap<&'static str, &'static PrimopEntry>> = LazyLock::new(|| {
    let tables = [
        GENERAL,
        lists::TABLE,
        attrs::TABLE,
        strings::TABLE,
        files::TABLE,
    ];
    tables
        .into_iter()
        .flatten()
        .map(|entry| (entry.name, entry))
        .collect()
});

impl Evaluator {
    /// The meaning of a name that is in scope everywhere. nixfix's own files see all native functions as `builtins`.
    pub(super) fn global(&self, name: &str, file: &RepoPath) -> Option<Value> {
        match name {
            "builtins" if is_own(file) => Some(ALL.with(|all| all.get_or_init(all_native).clone())),
            "builtins" => Some(self.builtins.get_or_init(builtins).clone()),
            _ => {
                let named =
                    |all: &[&'static str], name| all.iter().copied().find(|known| *known == name);
                let prefixed = || {
                    let name = name.strip_prefix("__")?;
                    named(ALWAYS, name).or_else(|| named(SOMETIMES, name))
                };
                let builtin = named(GLOBALS, name).or_else(prefixed)?;
                Some(self.force(&attribute(builtin)))
            }
        }
    }
}

/// `builtins`, of which a version of Nix may have more.
fn builtins() -> Value {
    let set = |names: &[&'static str]| {
        Value::attrs(
            names
                .iter()
                .map(|name| (Name::from(*name), attribute(name))),
        )
    };
    let Kind::Attrs(attrs) = set(ALWAYS).kind else {
        return Value::unknown("`builtins` is a set");
    };
    let mut attrs = (*attrs).clone();
    attrs.rest = Some(choice([set(SOMETIMES), set(&[])]).into());
    Value::of(Kind::Attrs(Rc::new(attrs)))
}

/// What `builtins.name` is, where there is such a one.
fn attribute(name: &'static str) -> Thunk {
    let value = match name {
        "true" => Some(Value::bool(true)),
        "false" => Some(Value::bool(false)),
        "null" => Some(Value::of(Kind::Null)),
        _ => native(name),
    };
    value.map_or_else(
        || {
            Thunk::native(move |ev| {
                let unknown = || Value::unknown(format!("`{name}` is not followed"));
                ev.written(name).unwrap_or_else(unknown)
            })
        },
        Thunk::done,
    )
}

/// The native function `name`.
pub(super) fn native(name: &str) -> Option<Value> {
    let function = TABLE.get(name)?;
    Some(Value::of(Kind::Primop(Rc::new(Primop {
        function,
        args: Vec::new(),
    }))))
}

thread_local! {
    static ALL: OnceCell<Value> = const { OnceCell::new() };
}

/// All native functions.
fn all_native() -> Value {
    let all = TABLE.keys().filter_map(|name| {
        let value = native(name)?;
        Some((Name::from(*name), Thunk::done(value)))
    });
    Value::attrs(all)
}

const GENERAL: &[PrimopEntry] = &[
    primop("isNull", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Null))
    }),
    primop("isBool", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Bool(_)))
    }),
    primop("isInt", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Int(_)))
    }),
    primop("isFloat", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Float(_)))
    }),
    primop("isString", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Text(_)))
    }),
    primop("isPath", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Path(_)))
    }),
    primop("isList", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::List(_)))
    }),
    primop("isAttrs", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| matches!(kind, Kind::Attrs(_)))
    }),
    primop("isFunction", 1, |ev, args| {
        is_kind(ev, &args[0], |kind| {
            matches!(kind, Kind::Lambda(_) | Kind::Primop(_))
        })
    }),
    primop("typeOf", 1, type_of),
    primop("seq", 2, |ev, args| ev.force(&args[1])),
    primop("deepSeq", 2, |ev, args| ev.force(&args[1])),
    primop("trace", 2, |ev, args| ev.force(&args[1])),
    primop("traceVerbose", 2, |ev, args| ev.force(&args[1])),
    primop("warn", 2, |ev, args| ev.force(&args[1])),
    primop("addErrorContext", 2, |ev, args| ev.force(&args[1])),
    primop("throw", 1, |_, _| Value::unknown("it throws")),
    primop("notFollowed", 1, |ev, args| {
        match ev.force(&args[0]).as_text() {
            Some(what) => Value::unknown(what),
            None => Value::unknown("it is not followed"),
        }
    }),
    primop("abort", 1, |_, _| Value::unknown("it aborts")),
    primop("add", 2, |ev, args| integers(ev, args, i64::checked_add)),
    primop("sub", 2, |ev, args| integers(ev, args, i64::checked_sub)),
    primop("mul", 2, |ev, args| integers(ev, args, i64::checked_mul)),
    primop("div", 2, |ev, args| integers(ev, args, i64::checked_div)),
    primop("lessThan", 2, |ev, args| {
        let (a, b) = (ev.force(&args[0]), ev.force(&args[1]));
        ordered(&a, &b, Ordering::is_lt)
    }),
    primop("functionArgs", 1, function_args),
    primop("evalModules", 1, frameworks::eval_modules),
    primop("inputOf", 3, frameworks::input_of),
    primop("declaresInputs", 2, frameworks::declares_inputs),
];

/// Whether the value is of that kind; unknown for what has no settled kind.
fn is_kind(ev: &Evaluator, value: &Thunk, test: fn(&Kind) -> bool) -> Value {
    ev.each(&ev.force(value), |value| {
        match super::names::is_opaque(&value.kind) {
            true => value.obscures(|what| format!("the type of {what} is not known")),
            false => Value::bool(test(&value.kind)),
        }
    })
}

fn type_of(ev: &Evaluator, args: &[Thunk]) -> Value {
    ev.each(&ev.force(&args[0]), |value| {
        let name = match &value.kind {
            kind if super::names::is_opaque(kind) => {
                return value.obscures(|what| format!("the type of {what} is not known"));
            }
            Kind::Null => "null",
            Kind::Bool(_) => "bool",
            Kind::Int(_) => "int",
            Kind::Float(_) => "float",
            Kind::Text(_) => "string",
            Kind::Path(_) => "path",
            Kind::List(_) => "list",
            Kind::Attrs(_) => "set",
            _ => "lambda",
        };
        Value::text(name)
    })
}

fn integers(ev: &Evaluator, args: &[Thunk], f: fn(i64, i64) -> Option<i64>) -> Value {
    match (ev.force(&args[0]).kind, ev.force(&args[1]).kind) {
        (Kind::Int(a), Kind::Int(b)) => f(a, b).map_or_else(
            || Value::unknown("the number is too large"),
            |value| Value::of(Kind::Int(value)),
        ),
        _ => Value::unknown("the numbers are not known"),
    }
}

fn function_args(ev: &Evaluator, args: &[Thunk]) -> Value {
    let Kind::Lambda(lambda) = ev.force(&args[0]).kind else {
        return Value::unknown("the formals are not known");
    };
    let formals = lambda.function().param.formals().iter();
    Value::attrs(formals.map(|formal| {
        let has_default = Value::bool(formal.default.is_some());
        (formal.name, Thunk::done(has_default))
    }))
}
