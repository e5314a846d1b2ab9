//! The planned paths in the index, through the filters and line ends that git would apply; no other entry changes.

use anyhow::{Context, Result};
use git2::Index;

use crate::path::RepoPath;

use super::rescue::Rescue;
use super::{Repo, git_path};

impl Repo {
    /// Brings the index entries of `paths` to what the work tree has. `before_write` gets the way back first.
    ///
    /// # Errors
    /// Git refuses a file or the index, or `before_write` fails; the index is as before.
    pub fn stage(
        &self,
        paths: &[RepoPath],
        before_write: impl FnOnce(&Rescue) -> Result<()>,
    ) -> Result<Rescue> {
        self.forgetting_on_error(|| {
            let mut index = self.index()?;
            let mut rescue = self.rescue(&index, paths, None)?;
            self.stage_in(&mut index, paths)?;
            rescue.expect(&index, None);
            before_write(&rescue)?;
            self.write_index(&mut index)?;
            Ok(rescue)
        })
    }

    /// libgit2 has one index in memory, for all who ask: what `change` has staged there must not outlive its failure.
    pub(super) fn forgetting_on_error<T>(&self, change: impl FnOnce() -> Result<T>) -> Result<T> {
        let result = change();
        if result.is_err() {
            let reread = self.git.index().and_then(|mut index| index.read(true));
            reread.context("could not read git's index again")?;
        }
        result
    }

    /// The same in memory alone.
    pub(super) fn stage_in(&self, index: &mut Index, paths: &[RepoPath]) -> Result<()> {
        for path in paths {
            let exists = self.full(path).symlink_metadata().is_ok();
            let staged = if exists {
                index.add_path(git_path(path))
            } else {
                index.remove_path(git_path(path))
            };
            staged.with_context(|| format!("could not stage `{path}`"))?;
        }
        Ok(())
    }
}
