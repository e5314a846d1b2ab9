//! Strings, paths and plain literals.

use std::rc::Rc;

use rnix::SyntaxKind::TOKEN_STRING_END;
use rnix::SyntaxToken;
use rnix::ast::{self, AstToken, InterpolPart, LiteralKind, PathContent};
use rowan::ast::AstNode;

use super::env::Env;
use super::value::{Kind, Text, TextPart, Value};
use super::{Evaluator, broken};
use crate::path::RepoPath;

pub(super) fn literal(literal: &ast::Literal) -> Value {
    match literal.kind() {
        LiteralKind::Integer(token) => token
            .value()
            .map_or_else(|_| broken(), |value| Value::of(Kind::Int(value))),
        LiteralKind::Float(token) => token
            .value()
            .map_or_else(|_| broken(), |value| Value::of(Kind::Float(value))),
        LiteralKind::Uri(token) => Value::text(token.syntax().text()),
    }
}

/// What stands between double quotes where that is the whole of what it says: no interpolation, no escape. A predicate may
/// ask the same of every name in a directory.
fn plain(string: &ast::Str) -> Option<SyntaxToken> {
    let mut tokens = string.syntax().children_with_tokens();
    let mut token = || tokens.next()?.into_token();
    let (open, content, close) = (token()?, token()?, token()?);
    let is_whole = open.text() == "\"" && close.kind() == TOKEN_STRING_END;
    (is_whole && !content.text().contains(['\\', '$', '\r'])).then_some(content)
}

impl Evaluator {
    pub(super) fn string(&self, string: &ast::Str, env: &Env) -> Value {
        if let Some(token) = plain(string) {
            return Value::text(token.text());
        }
        let mut text = Text::default();
        for part in string.normalized_parts() {
            match part {
                InterpolPart::Literal(known) => text.push(TextPart::Known(known.into())),
                InterpolPart::Interpolation(interpol) => {
                    let value = interpol
                        .expr()
                        .map_or_else(broken, |expr| self.eval(&expr, env));
                    push_coerced(&mut text, self.coerced(value));
                }
            }
        }
        Value::of(Kind::Text(Rc::new(text)))
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

    pub(super) fn path(&self, parts: &[InterpolPart<PathContent>], env: &Env) -> Value {
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
    pub(super) fn path_text(
        &self,
        parts: &[InterpolPart<PathContent>],
        env: &Env,
    ) -> Result<String, Value> {
        let mut path = String::new();
        for part in parts {
            match part {
                InterpolPart::Literal(known) => path.push_str(known.syntax().text()),
                InterpolPart::Interpolation(interpol) => {
                    let value = interpol
                        .expr()
                        .map_or_else(broken, |expr| self.eval(&expr, env));
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
        Kind::Path(path) => Value::of(Kind::Text(Rc::new(Text {
            parts: vec![TextPart::Store(path.clone())],
        }))),
        _ => value,
    }
}
