//! Functions on strings.

use super::primop;
use crate::eval::Evaluator;
use crate::eval::letters::Letters;
use crate::eval::operators::truth;
use crate::eval::regex;
use crate::eval::strings::{in_store, push_coerced};
use crate::eval::value::{Kind, PrimopEntry, Text, TextPart, Thunk, Value};

pub(super) const TABLE: &[PrimopEntry] = &[
    primop("toString", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| to_string(ev, value))
    }),
    primop("concatStringsSep", 2, |ev, args| {
        let separator = ev.force(&args[0]);
        ev.with_items(&args[1], |items| {
            let mut text = Text::default();
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    push_coerced(&mut text, separator.clone());
                }
                push_coerced(&mut text, ev.coerced(ev.force(item)));
            }
            Value::from(text)
        })
    }),
    primop("stringLength", 1, |ev, args| {
        ev.with_letters(&args[0], |text| Value::of(Kind::Int(text.len() as i64)))
    }),
    primop("substring", 3, |ev, args| {
        match (ev.force(&args[0]).kind, ev.force(&args[1]).kind) {
            (Kind::Int(start), Kind::Int(length)) => ev.with_letters(&args[2], |text| {
                let start = usize::try_from(start).unwrap_or(usize::MAX).min(text.len());
                let end = usize::try_from(length).map_or(text.len(), |length| {
                    start.saturating_add(length).min(text.len())
                });
                text.slice(start..end)
            }),
            _ => Value::unknown("the range is not known"),
        }
    }),
    primop("hasPrefix", 2, |ev, args| {
        ev.with_two(args, |prefix, text| truth(text.starts_with(prefix)))
    }),
    primop("hasSuffix", 2, |ev, args| {
        ev.with_two(args, |suffix, text| truth(text.ends_with(suffix)))
    }),
    primop("hasInfix", 2, |ev, args| {
        ev.with_two(args, |infix, text| truth(text.contains(infix)))
    }),
    primop("removePrefix", 2, |ev, args| {
        ev.with_two(args, |prefix, text| match text.starts_with(prefix) {
            Some(true) => text.slice(prefix.len()..text.len()),
            Some(false) => text.slice(0..text.len()),
            None => store_path_asked(),
        })
    }),
    primop("removeSuffix", 2, |ev, args| {
        ev.with_two(args, |suffix, text| match text.ends_with(suffix) {
            Some(true) => text.slice(0..text.len() - suffix.len()),
            Some(false) => text.slice(0..text.len()),
            None => store_path_asked(),
        })
    }),
    primop("splitString", 2, |ev, args| {
        ev.with_two(args, |separator, text| match text.split(separator) {
            Some(pieces) => Value::list(pieces.into_iter().map(Thunk::done)),
            None => store_path_asked(),
        })
    }),
    primop("replaceStrings", 3, replace_strings),
    primop("match", 2, |ev, args| {
        ev.with_text(&args[0], |pattern| {
            ev.with_text(&args[1], |text| regex::matched(pattern, text))
        })
    }),
    primop("toLower", 1, |ev, args| {
        ev.with_text(&args[0], |text| Value::text(text.to_ascii_lowercase()))
    }),
    primop("toUpper", 1, |ev, args| {
        ev.with_text(&args[0], |text| Value::text(text.to_ascii_uppercase()))
    }),
    primop("baseNameOf", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| {
            let unknown = || value.obscures(|what| format!("the name of {what} is not known"));
            base_name(value).map_or_else(unknown, Value::text)
        })
    }),
    primop("dirOf", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| {
            let unknown = || value.obscures(|what| format!("the directory of {what} is not known"));
            directory(value).unwrap_or_else(unknown)
        })
    }),
    primop("unsafeDiscardStringContext", 1, |ev, args| {
        ev.force(&args[0])
    }),
    primop("getEnv", 1, |_, _| Value::text("")),
];

impl Evaluator {
    /// `f` of the string, where it is wholly known.
    pub(super) fn with_text(&self, text: &Thunk, f: impl Fn(&str) -> Value) -> Value {
        self.each(&self.force(text), |value| match value.as_text() {
            Some(text) => f(&text),
            None => not_a_string(value),
        })
    }

    /// `f` of the letters of the string, where they are known.
    fn with_letters(&self, text: &Thunk, f: impl Fn(&Letters) -> Value) -> Value {
        self.each(&self.force(text), |value| match Letters::of(value) {
            Some(text) => f(&text),
            None => not_a_string(value),
        })
    }

    /// `f` of the letters of both strings, where they are known.
    fn with_two(&self, texts: &[Thunk], f: impl Fn(&Letters, &Letters) -> Value) -> Value {
        self.with_letters(&texts[0], |first| {
            self.with_letters(&texts[1], |second| f(first, second))
        })
    }
}

fn not_a_string(value: &Value) -> Value {
    value.obscures(|what| format!("{what} is used as a string"))
}

/// What depends on the hash of a store path.
fn store_path_asked() -> Value {
    Value::unknown("the hash of a store path is asked for")
}

fn to_string(ev: &Evaluator, value: &Value) -> Value {
    match &value.kind {
        Kind::Bool(true) => Value::text("1"),
        Kind::Bool(false) | Kind::Null => Value::text(""),
        Kind::Int(number) => Value::text(number.to_string()),
        Kind::List(list) => match list.known_items() {
            Some(items) => joined(ev, &items),
            None => not_a_string(value),
        },
        // `toString ./x` names the place in the flake's own store path, as `"${self}/x"` does.
        Kind::Path(_) => in_store(value.clone()),
        _ => {
            let mut text = Text::default();
            push_coerced(&mut text, ev.coerced(value.clone()));
            Value::from(text)
        }
    }
}

/// The items as strings with blanks between, as `toString` has them: nested lists as well, but no blank behind an empty one.
fn joined(ev: &Evaluator, items: &[Thunk]) -> Value {
    let mut text = Text::default();
    for (index, item) in items.iter().enumerate() {
        let item = ev.force(item);
        let is_empty = matches!(&item.kind, Kind::List(list) if list.items().next().is_none());
        push_coerced(&mut text, ev.each(&item, |item| to_string(ev, item)));
        if index + 1 < items.len() && !is_empty {
            text.push(TextPart::Known(" ".into()));
        }
    }
    Value::from(text)
}

/// The last component; that of the root is the name of a store path.
fn base_name(value: &Value) -> Option<&str> {
    match &value.kind {
        Kind::Path(path) if !path.is_root() => Some(path.name()),
        Kind::Text(text) => match text.parts.as_slice() {
            [] => Some(""),
            [TextPart::Store(path)] if !path.is_root() => Some(path.name()),
            [before @ .., TextPart::Known(rest)] => {
                let rest = rest.trim_end_matches('/');
                match rest.rsplit_once('/') {
                    Some((_, name)) => Some(name),
                    None => before.is_empty().then_some(rest),
                }
            }
            _ => None,
        },
        _ => None,
    }
}

/// All but the last component: of a path a path, of a string a string.
fn directory(value: &Value) -> Option<Value> {
    match &value.kind {
        Kind::Path(path) => path.parent().map(|parent| Value::of(Kind::Path(parent))),
        Kind::Text(text) => match text.parts.as_slice() {
            [TextPart::Store(path)] => {
                let parent = path.parent()?;
                Some(in_store(Value::of(Kind::Path(parent))))
            }
            [before @ .., TextPart::Known(rest)] => match rest.rsplit_once('/') {
                Some(("", _)) if before.is_empty() => Some(Value::text("/")),
                Some((rest, _)) => {
                    let mut text = Text {
                        parts: before.into(),
                    };
                    text.push(TextPart::Known(rest.into()));
                    Some(Value::from(text))
                }
                None => before.is_empty().then(|| Value::text(".")),
            },
            _ => None,
        },
        _ => None,
    }
}

fn replace_strings(ev: &Evaluator, args: &[Thunk]) -> Value {
    let all = |list: &Thunk| -> Option<Vec<Value>> {
        let Kind::List(list) = ev.force(list).kind else {
            return None;
        };
        Some(
            list.known_items()?
                .iter()
                .map(|item| ev.force(item))
                .collect(),
        )
    };
    let (Some(from), Some(to)) = (all(&args[0]), all(&args[1])) else {
        return Value::unknown("what is replaced is not known");
    };
    let from: Option<Vec<_>> = from.iter().map(Letters::of).collect();
    let to: Option<Vec<_>> = to.iter().map(Letters::of).collect();
    let (Some(from), Some(to)) = (from, to) else {
        return Value::unknown("what is replaced is not known");
    };
    ev.with_letters(&args[2], |text| {
        text.replace(&from, &to)
            .unwrap_or_else(|| Value::unknown("what is left is not known"))
    })
}
