//! The tracked files of a tree: by name for who asks for one, and in order for who lists what is below a directory.

use std::cell::OnceCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{File, ReadProblem};
use crate::path::RepoPath;

/// A file that is read when it is first asked for.
pub(super) type Slot = OnceCell<Result<Rc<File>, ReadProblem>>;

#[derive(Debug)]
pub(super) struct Files {
    slots: FxHashMap<RepoPath, Slot>,
    /// The same names, sorted.
    names: Vec<RepoPath>,
}

impl Files {
    pub fn of(files: impl Iterator<Item = (RepoPath, Slot)>) -> Files {
        let slots: FxHashMap<RepoPath, Slot> = files.collect();
        let mut names: Vec<RepoPath> = slots.keys().cloned().collect();
        names.sort();
        Files { slots, names }
    }

    /// One more file, for tests.
    #[cfg(test)]
    pub fn insert(&mut self, path: RepoPath) {
        let old = std::mem::take(&mut self.slots);
        *self = Files::of(old.into_iter().chain([(path, Slot::new())]));
    }

    /// The file of that name.
    pub fn get(&self, path: &RepoPath) -> Option<&Slot> {
        self.slots.get(path)
    }

    /// Every name, sorted.
    pub fn names(&self) -> &[RepoPath] {
        &self.names
    }

    /// The names from `path` on, sorted.
    pub fn names_from(&self, path: &RepoPath) -> &[RepoPath] {
        let first = self.names.partition_point(|name| name < path);
        &self.names[first..]
    }

    /// Every file with its name, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&RepoPath, &Slot)> {
        self.names.iter().map(|name| (name, &self.slots[name]))
    }
}
