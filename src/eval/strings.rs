//! Strings and paths with what they interpolate.

use super::Evaluator;
use super::env::Env;
use super::value::{Kind, Text, TextPart, Value};
use crate::expr::{ExprId, PathPart, Str, StrPart};
use crate::path::RepoPath;

impl Evaluator {
    pub(super) fn string(&self, string: &Str, id: ExprId, env: &Env) -> Value {
        let source = &env.file().text[env.exprs().range(id)];
        let mut text = Text::default();
        for part in string.parts(source) {
            match part {
                StrPart::Known(known) => text.push(TextPart::Known(known.clone())),
                StrPart::Hole(expr) => {
                    push_coerced(&mut text, self.coerced(self.eval(*expr, env)));
                }
            }
        }
        Value::from(text)
    }

    /// A set with `outPath` stands for that path in strings: `"${self}/x"`.
    pub(super) fn coerced(&self, value: Value) -> Value {
        match &value.kind {
            Kind::Attrs(_) => match self.get(&value, "outPath") {
                Some(out_path) => in_store(out_path),
                None => value,
            },
            _ => value,
        }
    }

    pub(super) fn path(&self, parts: &[PathPart], env: &Env) -> Value {
        let relative = match self.path_text(parts, env) {
            Ok(relative) => relative,
            Err(unknown) => return unknown,
        };
        let directory = env.file().path.parent().unwrap_or_else(RepoPath::root);
        match directory.join(&relative) {
            Some(path) => Value::of(Kind::Path(path)),
            None => Value::unknown(format!("the path `{relative}` leaves the repository")),
        }
    }

    /// What a path literal says, with its interpolations; the error is an unknown value.
    pub(super) fn path_text(&self, parts: &[PathPart], env: &Env) -> Result<String, Value> {
        let mut path = String::new();
        for part in parts {
            match part {
                PathPart::Known(span) => path.push_str(&env.file().text[span.range()]),
                PathPart::Hole(expr) => {
                    let value = self.eval(*expr, env);
                    let unknown = || value.obscures(|what| format!("the path depends on {what}"));
                    path.push_str(&value.as_text().ok_or_else(unknown)?);
                }
            }
        }
        Ok(path)
    }
}

/// Adds to `text` what `value` is in a string.
pub(super) fn push_coerced(text: &mut Text, value: Value) {
    match &value.kind {
        Kind::Text(inner) => inner.parts.iter().for_each(|part| text.push(part.clone())),
        Kind::Path(path) => text.push(TextPart::Copy(path.clone())),
        _ => text.push(TextPart::Unknown(value)),
    }
}

/// A path as the string that names it in the flake's own store path; any other value as it is.
pub(super) fn in_store(value: Value) -> Value {
    match &value.kind {
        Kind::Path(path) => Value::from(Text::of(TextPart::Store(path.clone()))),
        _ => value,
    }
}
