//! Strings as they are put together, and what is known of them.

use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use super::{Kind, Value};
use crate::path::RepoPath;

/// A string as known and unknown parts; adjacent known parts are joined.
#[derive(Clone, Default)]
pub struct Text {
    /// The parts in order; most strings have one.
    pub parts: SmallVec<[TextPart; 1]>,
}

/// A part of a string.
#[derive(Clone)]
pub enum TextPart {
    /// Known text.
    Known(Rc<str>),
    /// A path of the repository in the flake's own store path: `"${self}/x"` starts with one.
    Store(RepoPath),
    /// A path of the repository that Nix copies to a store path of its own: `"${./x}/y"` starts with one. From inside the
    /// copy, `../` leads out of it and not to what stands beside the original.
    Copy(RepoPath),
    /// Something whose text is not known.
    Unknown(Value),
}

/// Known text is joined up to this many bytes, which is what a file may have.
const LONGEST_PART: usize = 1 << 20;
/// A string of more parts is a runaway doubling.
const MOST_PARTS: usize = 4_096;

impl Text {
    /// A string of one part.
    pub fn of(part: TextPart) -> Text {
        Text {
            parts: smallvec![part],
        }
    }

    /// What it is, for messages: as it is written where a part of it is a name.
    pub(super) fn describe(&self) -> String {
        let is_name = |part: &TextPart| matches!(part, TextPart::Unknown(value) if matches!(value.kind, Kind::Symbol(_)));
        if !self.parts.iter().any(is_name) {
            return "a string".to_string();
        }
        let part = |part: &TextPart| match part {
            TextPart::Known(text) => text.to_string(),
            TextPart::Store(path) => format!("${{self}}/{path}"),
            TextPart::Copy(path) => format!("${{./{path}}}"),
            TextPart::Unknown(Value {
                kind: Kind::Symbol(symbol),
                ..
            }) => format!("${{{symbol}}}"),
            TextPart::Unknown(_) => "${...}".to_string(),
        };
        format!("`{}`", self.parts.iter().map(part).collect::<String>())
    }

    /// Adds a part, joining adjacent known text.
    pub fn push(&mut self, part: TextPart) {
        let is_full = self.parts.len() >= MOST_PARTS;
        match (self.parts.last_mut(), part) {
            (_, TextPart::Known(text)) if text.is_empty() => {}
            (Some(TextPart::Known(last)), TextPart::Known(text))
                if last.len() + text.len() <= LONGEST_PART =>
            {
                *last = Rc::from(format!("{last}{text}"))
            }
            _ if is_full => {
                let why = Value::unknown("the string is too long");
                *self = Text::of(TextPart::Unknown(why));
            }
            (_, part) => self.parts.push(part),
        }
    }
}

/// A string that nobody wrote.
impl From<Text> for Value {
    fn from(text: Text) -> Value {
        Value::of(Kind::Text(Rc::new(text)))
    }
}
