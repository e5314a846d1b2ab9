//! What a commit has written, on the disk before the journal that could undo it is gone.
//!
//! libgit2 syncs nothing. Objects come first: a branch must never name a commit that a power cut has taken.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use git2::{Commit, ObjectType, Oid, Tree};

use super::Repo;

impl Repo {
    /// Waits until the commit and what its tree has more than that of `parent` are on the disk.
    pub(super) fn sync_objects(&self, commit: Oid, parent: &Commit<'_>) -> Result<()> {
        let mut new = BTreeSet::from([commit]);
        let mut collect = || -> Result<(), git2::Error> {
            let tree = self.git.find_commit(commit)?.tree()?;
            self.collect_new(&tree, Some(&parent.tree()?), &mut new)
        };
        collect().context("could not read the new commit")?;
        for object in new {
            let name = object.to_string();
            let (directory, file) = name.split_at(2);
            // What was there before may be in a pack, which git has synced.
            self.sync(&["objects", directory, file])?;
        }
        Ok(())
    }

    fn collect_new(
        &self,
        tree: &Tree<'_>,
        old: Option<&Tree<'_>>,
        new: &mut BTreeSet<Oid>,
    ) -> Result<(), git2::Error> {
        new.insert(tree.id());
        for entry in tree {
            let before = old.and_then(|old| old.get_name_bytes(entry.name_bytes()));
            if before.as_ref().is_some_and(|old| old.id() == entry.id()) {
                continue;
            }
            if entry.kind() != Some(ObjectType::Tree) {
                new.insert(entry.id());
                continue;
            }
            let old = before.and_then(|old| self.git.find_tree(old.id()).ok());
            self.collect_new(&self.git.find_tree(entry.id())?, old.as_ref(), new)?;
        }
        Ok(())
    }

    /// Waits until the index, HEAD and the branch that it names are on the disk.
    pub(super) fn sync_references(&self) -> Result<()> {
        let own = self.git.path();
        let mut files = vec![own.join("HEAD")];
        files.extend(
            self.git
                .index()
                .ok()
                .and_then(|index| index.path().map(PathBuf::from)),
        );
        let head = self
            .git
            .find_reference("HEAD")
            .context("could not read HEAD")?;
        if let Ok(Some(branch)) = head.symbolic_target() {
            files.push(self.git.commondir().join(branch));
        }
        files.iter().try_for_each(|file| self.sync_file(file))
    }

    fn sync(&self, below: &[&str]) -> Result<()> {
        let file = below
            .iter()
            .fold(self.git.commondir().to_owned(), |path, part| {
                path.join(part)
            });
        self.sync_file(&file)
    }

    fn sync_file(&self, file: &Path) -> Result<()> {
        match self.steps.borrow_mut().sync(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            result => result.with_context(|| format!("could not sync `{}`", file.display())),
        }
    }
}
