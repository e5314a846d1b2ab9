//! The repository as git sees it: what is tracked, what is in the way, and the commit. The only module that names git2.
//!
//! The index and the commit touch the planned paths alone; whatever else is staged stays staged. Never writes a file of
//! the work tree.

mod commit;
mod guard;
mod hooks;
mod identity;
mod rescue;
mod sign;
mod stage;
mod tracked;

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use git2::{ErrorCode, Repository, RepositoryOpenFlags, RepositoryState};

use crate::path::RepoPath;
use crate::write::Steps;

pub use self::commit::{CommitId, CommitOptions, Committed};
pub use self::guard::{PathProblem, Problem};
pub use self::rescue::Rescue;
pub use self::sign::Sign;
pub use self::tracked::{FileKind, Tracked, TrackedFile};

/// The environment variable by which a nixfix that a hook starts knows of the run that runs the hook: its journal.
pub const RUNNING: &str = "NIXFIX_RUNNING";

/// A git repository with a work tree.
pub struct Repo {
    git: Repository,
    root: PathBuf,
    steps: RefCell<Steps>,
}

/// Why there is no repository to work in.
#[derive(Debug)]
pub enum DiscoverError {
    /// Neither the directory nor one above it is a git repository.
    NotFound(PathBuf),
    /// It has no work tree.
    Bare(PathBuf),
    /// Git refuses to open it: it belongs to another user, or needs what this build does not know.
    Refused(PathBuf, String),
}

impl fmt::Display for DiscoverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiscoverError::NotFound(start) => {
                write!(f, "`{}` is not in a git repository", start.display())
            }
            DiscoverError::Bare(path) => {
                write!(
                    f,
                    "`{}` is a bare repository: there are no files to change",
                    path.display()
                )
            }
            DiscoverError::Refused(start, why) => {
                write!(
                    f,
                    "could not open the git repository of `{}`: {why}",
                    start.display()
                )
            }
        }
    }
}

impl std::error::Error for DiscoverError {}

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
    /// The repository of the directory `start`, found as git finds it, `GIT_DIR` and its relatives included.
    ///
    /// # Errors
    /// There is none, it is bare, or git would refuse it.
    pub fn discover(start: &Path) -> Result<Repo, DiscoverError> {
        let no_ceiling: [&Path; 0] = [];
        let git = Repository::open_ext(start, RepositoryOpenFlags::FROM_ENV, no_ceiling).map_err(
            |error| match error.code() {
                ErrorCode::NotFound => DiscoverError::NotFound(start.to_owned()),
                ErrorCode::Owner => DiscoverError::Refused(
                    start.to_owned(),
                    "it belongs to another user; `git config --global --add safe.directory DIR` trusts it".into(),
                ),
                _ => DiscoverError::Refused(start.to_owned(), error.message().to_owned()),
            },
        )?;
        let Some(root) = git.workdir().map(Path::to_owned) else {
            return Err(DiscoverError::Bare(git.path().to_owned()));
        };
        Ok(Repo {
            git,
            root,
            steps: RefCell::default(),
        })
    }

    /// The same, with every change of the index, HEAD and the branches announced to `steps`.
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
        let mut index = self.git.index().context("could not open git's index")?;
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

/// `path` as git2 takes it.
fn git_path(path: &RepoPath) -> &Path {
    Path::new(path.as_str())
}
