//! What stands where: the kind of a path, the names in a directory, every file below it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Tree;
use crate::path::RepoPath;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A directory that holds tracked files.
    Directory,
    /// A symbolic link, to whatever.
    Symlink,
}

impl Tree {
    /// What stands at `path`, if anything does; a link counts as what it leads to.
    pub fn kind(&self, path: &RepoPath) -> Option<EntryKind> {
        let path = &self.resolve(path);
        let is_file = match self.changed_file(path) {
            Some(changed) => changed.is_some(),
            None => self.base.files.get(path).is_some(),
        };
        if is_file {
            return Some(EntryKind::File);
        }
        let mut below = self.unchanged_below(path).chain(self.changed_below(path));
        let is_directory = path.is_root() || below.next().is_some();
        is_directory.then_some(EntryKind::Directory)
    }

    /// The names in a directory, with what they are; `None` if there is no such directory.
    pub fn list(&self, directory: &RepoPath) -> Option<BTreeMap<Rc<str>, EntryKind>> {
        let directory = &self.resolve(directory);
        let prefix = match directory.as_str() {
            "" => 0,
            name => name.len() + 1,
        };
        let entry = |path| {
            let below: &str = &RepoPath::as_str(path)[prefix..];
            match below.split_once('/') {
                Some((name, _)) => (name, EntryKind::Directory),
                None if self.base.links.contains_key(path) => (below, EntryKind::Symlink),
                None => (below, EntryKind::File),
            }
        };
        let mut names: Vec<_> = self.below(directory).map(entry).collect();
        // What is in one directory stands together.
        names.dedup();
        let names: BTreeMap<_, _> = names
            .into_iter()
            .map(|(name, kind)| (Rc::from(name), kind))
            .collect();
        (directory.is_root() || !names.is_empty()).then_some(names)
    }

    /// Every tracked file below `directory`, sorted by path.
    pub fn below<'t>(
        &'t self,
        directory: &RepoPath,
    ) -> impl Iterator<Item = &'t RepoPath> + use<'t> {
        let unchanged = self.unchanged_below(directory);
        let mut all: Vec<&RepoPath> = unchanged.chain(self.changed_below(directory)).collect();
        all.sort();
        all.into_iter()
    }

    fn unchanged_below(&self, directory: &RepoPath) -> impl Iterator<Item = &RepoPath> {
        let files = self.base.files.names_from(directory).iter();
        let near = files.take_while(|path| path.as_str().starts_with(directory.as_str()));
        near.filter(|path| is_below(path, directory) && self.changed_file(path).is_none())
    }

    fn changed_below(&self, directory: &RepoPath) -> impl Iterator<Item = &RepoPath> {
        let present = self.overlay.iter().filter(|(_, file)| file.is_some());
        let files = present.map(|(path, _)| path);
        files.filter(|path| is_below(path, directory))
    }

    /// Every tracked file whose name ends in `.nix`, sorted by path.
    pub fn nix_files(&self) -> impl Iterator<Item = &RepoPath> {
        self.below(&RepoPath::root())
            .filter(|path| path.name().ends_with(".nix"))
    }
}

fn is_below(path: &RepoPath, directory: &RepoPath) -> bool {
    path.is_within(directory) && path != directory
}
