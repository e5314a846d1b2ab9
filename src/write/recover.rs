//! Putting right what a killed run has left behind.

use std::path::Path;

use anyhow::{Context, Result};

use crate::path::RepoPath;

use super::journal::{self, Journal, Phase};
use super::restore::{Aside, Foreign};
use super::steps::Steps;
use super::{Work, target};

/// Which of the two states a repository is in, or is to be brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As before the run.
    Old,
    /// As the run meant it.
    New,
}

/// What was found and done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The state that the repository is in now.
    pub state: Verdict,
    /// The files of the run that was killed.
    pub files: Vec<RepoPath>,
    /// Files that were edited since: they stay as they are, and the version from before is beside them.
    pub edited_since: Vec<Aside>,
}

/// The journal, if all that it names lies in the repository: whoever unpacks a repository has its git directory from
/// somebody else.
fn read(root: &Path, journal: &Path) -> Result<Journal> {
    let content = Journal::read(journal)?;
    let files = content.files.iter().map(|entry| &entry.path);
    for path in files.chain(&content.directories) {
        target::require_no_link_on_the_way(root, path)?;
    }
    Ok(content)
}

/// Brings the repository out of a run that was killed; `None` if there was none. To be called before anything is read.
///
/// Where that run left a note, `settle` decides by it which state to bring about, and first brings about its own part
/// (the index, the branch). It may be called again with the same note.
///
/// # Errors
/// Another run is under way, the journal makes no sense, or the disk refuses; the journal stays.
pub fn recover(
    root: &Path,
    journal: &Path,
    steps: Steps,
    settle: impl FnOnce(&str) -> Result<Verdict>,
) -> Result<Option<Recovered>> {
    if !journal.exists() {
        return Ok(None);
    }
    let _lock = journal::lock(journal)?;
    if !journal.exists() {
        return Ok(None);
    }
    let root = target::canonical(root)?;
    let content = read(&root, journal)
        .with_context(|| format!("could not use the journal `{}`", journal.display()))?;
    let state = match (content.phase, &content.note) {
        (Phase::Done, _) => Verdict::New,
        (Phase::Writing, None) => Verdict::Old,
        (Phase::Writing, Some(note)) => settle(note)?,
    };
    let mut work = Work {
        root,
        path: journal.to_owned(),
        journal: content,
        steps,
    };
    let edited_since = match state {
        Verdict::Old => work.roll_back(Foreign::Leave)?,
        Verdict::New => {
            work.journal.phase = Phase::Done;
            work.save()?;
            work.clean_up()?;
            Vec::new()
        }
    };
    Ok(Some(Recovered {
        state,
        files: work
            .journal
            .files
            .into_iter()
            .map(|entry| entry.path)
            .collect(),
        edited_since,
    }))
}
