//! Where a tree gets the texts of its files from, and where a link leads.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::path::RepoPath;

/// The texts of one version of the repository: those of the work tree, or those in the index.
pub trait Texts: fmt::Debug {
    /// The bytes of the file at `path`, with no link on the way.
    ///
    /// # Errors
    /// Why they cannot be had, for the user.
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String>;
}

/// Where a link with this target leads, if that is in the repository.
pub fn link_target(link: &RepoPath, target: &str) -> Option<RepoPath> {
    let relative = Some(target).filter(|target| !target.starts_with('/'))?;
    link.parent()?.join(relative)
}

/// The files below a directory.
#[derive(Debug)]
pub(super) struct OnDisk {
    pub root: PathBuf,
}

impl Texts for OnDisk {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let absolute = self.root.join(path.as_str());
        let read = || {
            // A FIFO would be waited for.
            // A link that leads on within the repository was followed before.
            let regular = std::fs::symlink_metadata(&absolute)?.is_file();
            regular.then(|| std::fs::read(&absolute)).transpose()
        };
        match read() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("it is not a regular file".to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err("it is not on the disk: deleted, or left out by a sparse checkout".to_string())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

/// No texts besides those that are loaded already.
#[derive(Debug)]
pub(super) struct Nowhere;

impl Texts for Nowhere {
    fn read(&self, _: &RepoPath) -> Result<Vec<u8>, String> {
        Err("it has no text".to_string())
    }
}
