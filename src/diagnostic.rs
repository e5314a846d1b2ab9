//! `Diagnostic`: what nixfix has to say about a place, as data. Rendering is the report's.

use std::ops::Range;

use crate::eval::is_own;
use crate::eval::value::Origin;
use crate::path::RepoPath;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was refused; with any error nothing is written, unless the user said to keep going.
    Error,
    /// Something the user should look at, but the migration stands.
    Warning,
    /// A decision worth knowing.
    Note,
}

/// A file, and the byte range in its text as the user has it, where there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: RepoPath,
    /// Byte offsets in the text of the file before any edit.
    pub range: Option<RangeKey>,
}

/// A byte range that sorts by start, then end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RangeKey {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for RangeKey {
    fn from(range: Range<usize>) -> RangeKey {
        RangeKey {
            start: range.start,
            end: range.end,
        }
    }
}

impl From<RangeKey> for Range<usize> {
    fn from(range: RangeKey) -> Range<usize> {
        range.start..range.end
    }
}

/// One message: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// A stable name in kebab case, such as `hosts-not-found`; the same in text, JSON and documentation.
    pub code: &'static str,
    /// Where, if it is about a place.
    pub place: Option<Place>,
    /// The host it is about, if it is about one.
    pub host: Option<String>,
    /// What happened; lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do next: a sentence, or a snippet to paste.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            place: None,
            host: None,
            message: message.into(),
            help: None,
        }
    }

    /// An error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// The same, about a range of a file.
    pub fn at(mut self, file: RepoPath, range: Range<usize>) -> Diagnostic {
        self.place = Some(Place {
            file,
            range: Some(range.into()),
        });
        self
    }

    /// The same, about the place where a value was written; a function of nixfix's own library is no place for a user.
    pub fn at_origin(self, origin: Option<&Origin>) -> Diagnostic {
        match origin.filter(|origin| !is_own(&origin.file.path)) {
            Some(origin) => self.at(origin.file.path.clone(), origin.range()),
            None => self,
        }
    }

    /// The same, about a file as a whole.
    pub fn in_file(mut self, file: RepoPath) -> Diagnostic {
        self.place = Some(Place { file, range: None });
        self
    }

    /// The same, with a next step.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same, about a host.
    pub fn host(mut self, host: impl Into<String>) -> Diagnostic {
        self.host = Some(host.into());
        self
    }
}
