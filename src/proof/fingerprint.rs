//! When something of the edited tree is the same as something before: it was written at the same place.

use crate::eval::value::{Kind, Origin, Value};
use crate::flake::modules::{Module, ModuleKey};
use crate::pass::Changes;
use crate::path::RepoPath;

/// What identifies a module or an overlay across the edits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fingerprint {
    /// A file of the repository.
    File(RepoPath),
    /// Written at this place of the original text; `None` for something that an edit wrote.
    Place(RepoPath, Option<usize>),
    /// Known by its description alone.
    Described(String),
}

/// How a tree's offsets become those of the original text.
#[derive(Clone, Copy)]
pub(super) enum Side<'a> {
    /// It is the original.
    Before,
    /// It came from the original by these changes.
    After(&'a Changes),
}

impl Side<'_> {
    fn place(self, file: &RepoPath, offset: usize) -> Fingerprint {
        let original = match self {
            Side::Before => Some(offset),
            Side::After(changes) => changes.map_back(file, offset),
        };
        Fingerprint::Place(file.clone(), original)
    }

    fn at(self, origin: &Origin) -> Fingerprint {
        self.place(&origin.file.path, origin.range().start)
    }

    /// The fingerprint of a module.
    pub fn module(self, module: &Module) -> Fingerprint {
        match &module.key {
            ModuleKey::File(path) => Fingerprint::File(path.clone()),
            ModuleKey::Inline(file, offset) => self.place(file, *offset),
            ModuleKey::Opaque(description) => Fingerprint::Described(description.clone()),
        }
    }

    /// The fingerprint of an overlay, or of any other value.
    pub fn value(self, value: &Value) -> Fingerprint {
        match (&value.kind, &value.origin) {
            // A symbol is the same wherever it is written.
            (Kind::Symbol(_) | Kind::Call(_), _) | (_, None) => {
                Fingerprint::Described(value.describe())
            }
            (_, Some(origin)) => self.at(origin),
        }
    }
}
