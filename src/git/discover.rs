//! Finding the repository, as git finds it: from a directory, or as its environment variables say, which git sets for
//! the hooks that it runs.

use std::cell::RefCell;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use git2::{Error, ErrorCode, Index, Repository, RepositoryOpenFlags};

use super::Repo;

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

impl Repo {
    /// The repository of the directory `start`, found as git finds it: `GIT_DIR`, `GIT_WORK_TREE` and `GIT_INDEX_FILE` are
    /// honoured.
    ///
    /// # Errors
    /// There is none, it is bare, or git would refuse it.
    pub fn discover(start: &Path) -> Result<Repo, DiscoverError> {
        let refused = |error: Error| {
            match error.code() {
            ErrorCode::NotFound => DiscoverError::NotFound(start.to_owned()),
            ErrorCode::Owner => DiscoverError::Refused(
                start.to_owned(),
                "it belongs to another user; `git config --global --add safe.directory DIR` trusts it".into(),
            ),
            _ => DiscoverError::Refused(start.to_owned(), reason(error.message())),
        }
        };
        let git = open(start).map_err(refused)?;
        let Some(root) = git.workdir().map(Path::to_owned) else {
            return Err(DiscoverError::Bare(git.path().to_owned()));
        };
        use_index(&git, &root).map_err(refused)?;
        Ok(Repo {
            git: Rc::new(git),
            root,
            steps: RefCell::default(),
        })
    }
}

/// Why libgit2 does not open a repository, in git's terms.
fn reason(message: &str) -> String {
    match message.strip_prefix("unsupported extension name extensions.") {
        Some(extension) => format!(
            "its config has `extensions.{extension}`, so nothing may change it that does not know that extension, \
             as nixfix does not"
        ),
        None => message.to_owned(),
    }
}

fn open(start: &Path) -> Result<Repository, Error> {
    let no_ceiling: [&Path; 0] = [];
    let flags = RepositoryOpenFlags::FROM_ENV;
    let given = variable("GIT_DIR");
    let git = match &given {
        Some(directory) => {
            let exactly = RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT;
            Repository::open_ext(directory, flags | exactly, no_ceiling)?
        }
        None => Repository::open_ext(start, flags, no_ceiling)?,
    };
    let here = || env::current_dir().map_err(|error| Error::from_str(&error.to_string()));
    match variable("GIT_WORK_TREE") {
        // libgit2 takes it from the git directory on, git from the current one.
        Some(root) => git.set_workdir(&here()?.join(root), false)?,
        None if given.is_some() && is_anywhere(&git) => git.set_workdir(&here()?, false)?,
        None => {}
    }
    Ok(git)
}

/// Whether nothing says where the work tree of this git directory is: then git takes the current directory.
fn is_anywhere(git: &Repository) -> bool {
    let says = |key| {
        git.config()
            .is_ok_and(|config| config.get_entry(key).is_ok())
    };
    let beside = git.path().file_name().is_some_and(|name| name == ".git");
    !git.is_bare() && !git.is_worktree() && !beside && !says("core.worktree")
}

/// A relative `GIT_INDEX_FILE` is meant from the root of the work tree, wherever we are.
fn use_index(git: &Repository, root: &Path) -> Result<(), Error> {
    match variable("GIT_INDEX_FILE").filter(|file| file.is_relative()) {
        Some(file) => git.set_index(&mut Index::open(&root.join(file))?),
        None => Ok(()),
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
