//! Where a recipe's text comes from, and the diagnostics that point into it.
//!
//! A file of the repository is named by its path and a byte range, so that a report can show the lines. Any other
//! text (the built-in recipe, a recipe file elsewhere) has no such path: its name, line and column go in the message.

use std::ops::Range;
use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::RepoPath;

/// The text of one recipe file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What to call it in a message.
    pub name: String,
    /// Its path, where it is a file of the repository.
    pub file: Option<RepoPath>,
    /// The TOML.
    pub text: String,
}

impl Source {
    /// The recipe that nixfix brings along.
    pub fn built_in() -> Source {
        Source {
            name: "built-in recipe".to_string(),
            file: None,
            text: include_str!("../../recipes/llama-cpp.toml").to_string(),
        }
    }

    /// A file of the user's repository, such as its `nixfix.toml`.
    pub fn in_repo(file: RepoPath, text: impl Into<String>) -> Source {
        Source {
            name: file.to_string(),
            file: Some(file),
            text: text.into(),
        }
    }

    /// A file from anywhere, by the name the user gave it.
    pub fn elsewhere(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            file: None,
            text: text.into(),
        }
    }

    /// The 1-based line and column, in characters, of the byte at `at`.
    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A byte range of one source.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub source: Rc<Source>,
    pub range: Range<usize>,
}

impl Spot {
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        match &self.source.file {
            Some(file) => Diagnostic::error(code, message).at(file.clone(), self.range.clone()),
            None => {
                let (line, column) = self.source.line_and_column(self.range.start);
                let name = &self.source.name;
                Diagnostic::error(code, format!("{name}:{line}:{column}: {message}"))
            }
        }
    }

    pub fn place(&self) -> Option<Place> {
        self.source.file.as_ref().map(|file| Place {
            file: file.clone(),
            range: Some(self.range.clone().into()),
        })
    }

    /// The spot of `inner`, a range of the string value `text` that stands here, where it is written without escapes.
    pub fn within(&self, text: &str, inner: Range<usize>) -> Spot {
        let written = &self.source.text[self.range.clone()];
        let range = match written.find(text) {
            Some(at) => self.range.start + at + inner.start..self.range.start + at + inner.end,
            None => self.range.clone(),
        };
        Spot {
            source: Rc::clone(&self.source),
            range,
        }
    }
}

/// An error at `spot`; what comes from the command line has none.
pub(super) fn error_at(spot: Option<&Spot>, code: &'static str, message: String) -> Diagnostic {
    match spot {
        Some(spot) => spot.error(code, message),
        None => Diagnostic::error(code, message),
    }
}

/// A value and where it was written.
#[derive(Debug, Clone)]
pub(super) struct Setting<T> {
    pub value: T,
    pub spot: Spot,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(source: Source, range: Range<usize>) -> Spot {
        Spot {
            source: Rc::new(source),
            range,
        }
    }

    #[test]
    fn a_file_elsewhere_is_named_with_line_and_column_in_the_message() {
        let spot = spot(Source::elsewhere("/r.toml", "a = 1\né = 2\n"), 9..10);
        let diagnostic = spot.error("recipe-invalid", "no");
        assert_eq!(diagnostic.message, "/r.toml:2:3: no");
        assert_eq!(diagnostic.place, None);
    }

    #[test]
    fn a_range_of_a_literal_string_is_found_and_one_of_an_escaped_string_is_not() {
        let literal = spot(Source::elsewhere("r", "a = '''\nxyz'''"), 4..14);
        assert_eq!(literal.within("xyz", 1..2).range, 9..10);
        let escaped = spot(Source::elsewhere("r", r#"a = "x\ty""#), 4..10);
        assert_eq!(escaped.within("x\ty", 2..3).range, 4..10);
    }
}
