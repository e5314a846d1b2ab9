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
        if self.has_file(path) {
            return Some(EntryKind::File);
        }
        (path.is_root() || self.has_below(path)).then_some(EntryKind::Directory)
    }

    fn has_below(&self, directory: &RepoPath) -> bool {
        let is_near = |path: &&RepoPath| path.as_str().starts_with(directory.as_str());
        let is_below = |path: &RepoPath| path.is_within(directory) && path != directory;
        let old = self.base.files.range(directory.clone()..);
        let mut old = old.map(|(path, _)| path).take_while(is_near);
        let new = self.overlay.range(directory.clone()..);
        let mut new = new.filter(|(_, file)| file.is_some()).map(|(path, _)| path);
        old.any(|path| is_below(path) && !self.overlay.contains_key(path)) || new.any(is_below)
    }

    fn has_file(&self, path: &RepoPath) -> bool {
        match self.overlay.get(path) {
            Some(changed) => changed.is_some(),
            None => self.base.files.contains_key(path),
        }
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
        let within = directory.clone();
        let old = self
            .base
            .files
            .range(directory.clone()..)
            .map(|(path, _)| path);
        let old = old.filter(|path| !self.overlay.contains_key(*path));
        let new = self
            .overlay
            .range(directory.clone()..)
            .filter(|(_, file)| file.is_some())
            .map(|(path, _)| path);
        let prefix = directory.clone();
        let mut all: Vec<&RepoPath> = old
            .take_while(move |path| prefix.is_root() || path.as_str().starts_with(prefix.as_str()))
            .chain(new)
            .filter(move |path| path.is_within(&within) && **path != within)
            .collect();
        all.sort();
        all.into_iter()
    }

    /// Every tracked file whose name ends in `.nix`, sorted by path.
    pub fn nix_files(&self) -> impl Iterator<Item = &RepoPath> {
        self.below(&RepoPath::root())
            .filter(|path| path.name().ends_with(".nix"))
    }
}
