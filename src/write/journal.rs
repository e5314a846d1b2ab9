//! The journal: what a transaction is about to do, as JSON in the git directory, and the lock beside it.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::path::RepoPath;

use super::steps::Steps;
use super::target;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Journal {
    pub version: u32,
    pub phase: Phase,
    /// The caller's word for the one who recovers.
    pub note: Option<String>,
    /// The directories that are created, outermost first.
    #[serde(with = "repo_paths")]
    pub directories: Vec<RepoPath>,
    pub files: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Phase {
    /// The old state is to be restored.
    Writing,
    /// The new state stands; only the leavings are to be removed.
    Done,
}

/// One file. `before` and `after` are whole texts, so that whoever recovers can tell a file that the user has changed
/// since.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    #[serde(with = "repo_path")]
    pub path: RepoPath,
    /// The new text until it is in its place.
    #[serde(with = "repo_path")]
    pub temp: RepoPath,
    /// The old file, once it is replaced.
    #[serde(with = "repo_path")]
    pub spare: RepoPath,
    pub before: Option<String>,
    pub after: Option<String>,
    pub writer: Writer,
}

/// Who puts the new text in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Writer {
    /// This run.
    Nixfix,
    /// A program that this run starts; what it will write is not known beforehand.
    Another,
}

const VERSION: u32 = 2;

impl Journal {
    pub(super) fn new(directories: Vec<RepoPath>, files: Vec<Entry>) -> Journal {
        Journal {
            version: VERSION,
            phase: Phase::Writing,
            note: None,
            directories,
            files,
        }
    }

    /// Reads the journal of a run that was killed.
    ///
    /// # Errors
    /// Another version wrote it, or it names what no run of nixfix would have named.
    pub(super) fn read(path: &Path) -> Result<Journal> {
        let text = fs::read_to_string(path)?;
        let Dated { version } = serde_json::from_str(&text)?;
        if version != VERSION {
            bail!(
                "another version of nixfix wrote it (its format is {version}, not {VERSION}); \
                 run that version once"
            );
        }
        let journal: Journal = serde_json::from_str(&text)?;
        journal.check_names()?;
        Ok(journal)
    }

    /// Temporary names are this tool's own, beside their file, and nothing is inside a git directory.
    fn check_names(&self) -> Result<()> {
        let paths = self.files.iter().map(|entry| &entry.path);
        for path in paths.chain(&self.directories) {
            if target::is_in_git_directory(path) {
                bail!("it names `{path}`, which is inside a git directory");
            }
        }
        for entry in &self.files {
            for (own, kind) in [(&entry.temp, "new"), (&entry.spare, "old")] {
                if !target::is_beside(own, &entry.path, kind) {
                    bail!("it names `{own}`, which is no temporary file of nixfix");
                }
            }
        }
        Ok(())
    }

    /// Replaces the journal at `path` in one go, and waits until it is on the disk.
    pub(super) fn save(&self, path: &Path, steps: &mut Steps) -> Result<()> {
        let next = path.with_extension("next");
        steps.remove(&next)?;
        steps.create(&next, &serde_json::to_vec(self)?, None)?;
        steps.rename(&next, path)?;
        Ok(steps.sync(path.parent().unwrap_or(path))?)
    }
}

/// What every version of the journal has.
#[derive(Deserialize)]
struct Dated {
    version: u32,
}

/// Keeps other runs away from the journal.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a child between fork and exec still holds a copy.
        let _ = self.0.unlock();
    }
}

/// Locks the directory of the journal against other runs.
pub(super) fn lock(journal: &Path) -> Result<Lock> {
    let path = journal.with_extension("lock");
    let open = || -> std::io::Result<File> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        File::create(&path)
    };
    let file = open().with_context(|| format!("could not create `{}`", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => {
            bail!("another nixfix is writing to this repository; wait for it to end")
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("could not lock `{}`", path.display()))
        }
    }
}

/// A path that leaves the repository never comes out of a journal.
fn checked<E: serde::de::Error>(text: &str) -> Result<RepoPath, E> {
    RepoPath::new(text)
        .filter(|path| !path.is_root())
        .ok_or_else(|| E::custom(format!("`{text}` is no path inside the repository")))
}

mod repo_path {
    use super::*;

    pub(super) fn serialize<S: Serializer>(path: &RepoPath, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(path.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<RepoPath, D::Error> {
        checked(&String::deserialize(from)?)
    }
}

mod repo_paths {
    use super::*;

    pub(super) fn serialize<S: Serializer>(paths: &[RepoPath], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(paths.iter().map(RepoPath::as_str))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<RepoPath>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        texts.iter().map(|text| checked(text)).collect()
    }
}
