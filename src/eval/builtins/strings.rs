//! Functions on strings.

use std::rc::Rc;

use super::primop;
use crate::eval::Evaluator;
use crate::eval::strings::{in_store, push_coerced};
use crate::eval::value::{Kind, PrimopEntry, Text, Thunk, Value};

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
            Value::of(Kind::Text(Rc::new(text)))
        })
    }),
    primop("stringLength", 1, |ev, args| {
        ev.with_text(&args[0], |text| Value::of(Kind::Int(text.len() as i64)))
    }),
    primop("substring", 3, |ev, args| {
        match (ev.force(&args[0]).kind, ev.force(&args[1]).kind) {
            (Kind::Int(start), Kind::Int(length)) => ev.with_text(&args[2], |text| {
                let start = usize::try_from(start).unwrap_or(usize::MAX).min(text.len());
                let end = usize::try_from(length).map_or(text.len(), |length| {
                    start.saturating_add(length).min(text.len())
                });
                text.get(start..end)
                    .map_or_else(|| Value::unknown("it cuts a character"), Value::text)
            }),
            _ => Value::unknown("the range is not known"),
        }
    }),
    primop("hasPrefix", 2, |ev, args| {
        ev.with_text(&args[0], |prefix| {
            ev.with_text(&args[1], |text| Value::bool(text.starts_with(prefix)))
        })
    }),
    primop("hasSuffix", 2, |ev, args| {
        ev.with_text(&args[0], |suffix| {
            ev.with_text(&args[1], |text| Value::bool(text.ends_with(suffix)))
        })
    }),
    primop("hasInfix", 2, |ev, args| {
        ev.with_text(&args[0], |infix| {
            ev.with_text(&args[1], |text| Value::bool(text.contains(infix)))
        })
    }),
    primop("removePrefix", 2, |ev, args| {
        ev.with_text(&args[0], |prefix| {
            ev.with_text(&args[1], |text| {
                Value::text(text.strip_prefix(prefix).unwrap_or(text))
            })
        })
    }),
    primop("removeSuffix", 2, |ev, args| {
        ev.with_text(&args[0], |suffix| {
            ev.with_text(&args[1], |text| {
                Value::text(text.strip_suffix(suffix).unwrap_or(text))
            })
        })
    }),
    primop("splitString", 2, |ev, args| {
        ev.with_text(&args[0], |separator| {
            ev.with_text(&args[1], |text| {
                Value::list(
                    text.split(separator)
                        .map(|piece| Thunk::done(Value::text(piece))),
                )
            })
        })
    }),
    primop("replaceStrings", 3, replace_strings),
    primop("toLower", 1, |ev, args| {
        ev.with_text(&args[0], |text| Value::text(text.to_ascii_lowercase()))
    }),
    primop("toUpper", 1, |ev, args| {
        ev.with_text(&args[0], |text| Value::text(text.to_ascii_uppercase()))
    }),
    primop("baseNameOf", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| {
            match (value.as_path(), value.as_text()) {
                (Some(path), _) => Value::text(path.name()),
                (_, Some(text)) => {
                    Value::text(text.trim_end_matches('/').rsplit('/').next().unwrap_or(""))
                }
                _ => value.obscures(|what| format!("the name of {what} is not known")),
            }
        })
    }),
    primop("dirOf", 1, |ev, args| {
        ev.each(&ev.force(&args[0]), |value| match value.as_path() {
            Some(path) => path.parent().map_or_else(
                || Value::unknown("the path leaves the repository"),
                |parent| Value::of(Kind::Path(parent)),
            ),
            None => value.obscures(|what| format!("the directory of {what} is not known")),
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
            None => value.obscures(|what| format!("{what} is used as a string")),
        })
    }
}

fn to_string(ev: &Evaluator, value: &Value) -> Value {
    match &value.kind {
        Kind::Bool(true) => Value::text("1"),
        Kind::Bool(false) | Kind::Null => Value::text(""),
        Kind::Int(number) => Value::text(number.to_string()),
        // `toString ./x` names the place in the flake's own store path, as `"${self}/x"` does.
        Kind::Path(_) => in_store(value.clone()),
        _ => {
            let mut text = Text::default();
            push_coerced(&mut text, ev.coerced(value.clone()));
            Value::of(Kind::Text(Rc::new(text)))
        }
    }
}

/// At each place the first pattern that matches is replaced, as Nix does it.
fn replace_strings(ev: &Evaluator, args: &[Thunk]) -> Value {
    let texts = |list: &Thunk| -> Option<Vec<Rc<str>>> {
        let Kind::List(list) = ev.force(list).kind else {
            return None;
        };
        list.known_items()?
            .iter()
            .map(|item| ev.force(item).as_text())
            .collect()
    };
    let (Some(from), Some(to), Some(text)) = (
        texts(&args[0]),
        texts(&args[1]),
        ev.force(&args[2]).as_text(),
    ) else {
        return Value::unknown("the string is not known");
    };
    if from.iter().any(|pattern| pattern.is_empty()) {
        return Value::unknown("an empty pattern is replaced");
    }
    let mut out = String::new();
    let mut left: &str = &text;
    while let Some(first) = left.chars().next() {
        match from.iter().position(|pattern| left.starts_with(&**pattern)) {
            Some(index) => {
                out.push_str(to.get(index).map_or("", |text| text));
                left = &left[from[index].len()..];
            }
            None => {
                out.push(first);
                left = &left[first.len_utf8()..];
            }
        }
    }
    Value::text(out)
}
