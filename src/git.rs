//! The repository as git sees it: what is tracked, what is in the way, and the commit. The only module that names git2.
//!
//! The index and the commit touch the planned paths alone; whatever else is staged stays staged. Never writes a file of
//! the work tree.

mod commit;
mod discover;
mod durable;
mod guard;
mod hooks;
mod identity;
mod rescue;
mod sign;
mod stage;
mod staged;
mod tracked;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use git2::{ErrorCode, Repository, RepositoryState};

use crate::path::RepoPath;
use crate::write::Steps;

pub use self::commit::{CommitId, CommitOptions, Committed};
pub use self::discover::DiscoverError;
pub use self::guard::{PathProblem, Problem};
pub use self::rescue::Rescue;
pub use self::sign::Sign;
pub use self::tracked::{FileKind, Tracked, TrackedFile};

/// The environment variable by which a nixfix that a hook starts knows of the run that runs the hook: its journal.
pub const RUNNING: &str = "NIXFIX_RUNNING";

/// A git repository with a work tree.
pub struct Repo {
    git: Rc<Repository>,
    root: PathBuf,
    steps: RefCell<Steps>,
}

/// Where HEAD is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// On this branch.
    Branch(String),
    /// On a branch that has no commit yet.
    Unborn,
    /// On a commit, without a branch.
    Detached,
}

impl Repo {
    /// This repository, with every change of the index, HEAD and the branches announced to `steps`.
    pub fn watched(self, steps: Steps) -> Repo {
        Repo {
            steps: RefCell::new(steps),
            ..self
        }
    }

    /// The root of the work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the journal of [`crate::write`] is kept: in the git directory, one for each linked work tree.
    pub fn journal(&self) -> PathBuf {
        self.git.path().join("nixfix/journal.json")
    }

    /// Where [`crate::run`] keeps what it knows of this work tree.
    pub fn memory(&self) -> PathBuf {
        self.git.path().join("nixfix")
    }

    /// Where HEAD is.
    ///
    /// # Errors
    /// HEAD is broken.
    pub fn head(&self) -> Result<Head> {
        match self.git.head() {
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(Head::Unborn),
            Err(error) => Err(error).context("could not read HEAD"),
            Ok(head) if head.is_branch() => Ok(Head::Branch(
                String::from_utf8_lossy(head.shorthand_bytes()).into_owned(),
            )),
            Ok(_) => Ok(Head::Detached),
        }
    }

    /// What git is in the middle of, as `a merge`; a commit would end it.
    pub fn in_progress(&self) -> Option<&'static str> {
        match self.git.state() {
            RepositoryState::Clean => None,
            RepositoryState::Merge => Some("a merge"),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some("a revert"),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Some("a cherry-pick")
            }
            RepositoryState::Bisect => Some("a bisect"),
            RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge => Some("a rebase"),
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => {
                Some("applying a mailbox")
            }
        }
    }

    /// Refuses a repository on which no commit can be made now.
    ///
    /// # Errors
    /// A merge or the like is under way, or there is no commit yet.
    pub fn require_ready(&self) -> Result<()> {
        if let Some(what) = self.in_progress() {
            bail!("git is in the middle of {what}; finish or abort it first");
        }
        if self.head()? == Head::Unborn {
            bail!("the repository has no commit yet; make the first one yourself");
        }
        Ok(())
    }

    fn full(&self, path: &RepoPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    fn index(&self) -> Result<git2::Index> {
        let mut index = self
            .git
            .index()
            .map_err(explained)
            .context("could not open git's index")?;
        index.read(false).context("could not read git's index")?;
        Ok(index)
    }

    fn step(&self) -> Result<()> {
        Ok(self.steps.borrow_mut().step()?)
    }

    fn write_index(&self, index: &mut git2::Index) -> Result<()> {
        self.step()
            .and_then(|()| Ok(index.write()?))
            .context("could not write git's index")
    }
}

/// What to do about an index that libgit2 cannot read.
fn explained(error: git2::Error) -> anyhow::Error {
    let is_about = |extension: &str| {
        let quoted = format!("extension: '{extension}'");
        error.message().contains(&quoted)
    };
    if is_about("link") {
        anyhow!(
            "it is split, and nixfix reads whole ones only; `git update-index --no-split-index` makes it whole"
        )
    } else if is_about("sdir") {
        anyhow!(
            "it is sparse, and nixfix reads whole ones only; `git sparse-checkout reapply --no-sparse-index` makes it whole"
        )
    } else {
        error.into()
    }
}

/// What stands for `bytes`: the name that git would give them. `None` where git cannot be asked.
pub fn digest(bytes: &[u8]) -> Option<String> {
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, bytes).ok()?;
    Some(id.to_string())
}

/// `path` as git2 takes it.
fn git_path(path: &RepoPath) -> &Path {
    Path::new(path.as_str())
}
