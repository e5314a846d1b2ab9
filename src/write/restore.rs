//! The two ways out of a transaction: back to the old state, or cleaning up after the new one.
//!
//! Both look at the disk rather than trust the journal, so either can be killed half-way and started again.

use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::path::RepoPath;

use super::Work;
use super::journal::Entry;
use super::steps::is_there;
use super::target;

/// A file that somebody else changed while a transaction was open, and where the other version of it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The file.
    pub path: RepoPath,
    /// After `undo`, the changed version; after `recover`, the version from before nixfix, if there was one.
    pub other: Option<PathBuf>,
}

/// What to do with a text that is neither the old nor the new one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Foreign {
    /// It was written during this run, on top of the new text: the old file returns, the text is kept elsewhere.
    SetAside,
    /// It may be hours of the user's work: it stays where it is, and so does the spare.
    Leave,
}

impl Work {
    /// Restores every file, then removes the journal. Goes on after a failure, and returns the first.
    pub(super) fn roll_back(&mut self, foreign: Foreign) -> Result<Vec<Aside>> {
        let mut aside = Vec::new();
        let mut failure = None;
        for entry in self.journal.files.clone().iter().rev() {
            match self.put_back(entry, foreign) {
                Ok(other) => aside.extend(other),
                Err(error) => {
                    let what = format!("could not put back `{}`", entry.path);
                    failure.get_or_insert(anyhow::Error::new(error).context(what));
                }
            }
        }
        for directory in self.journal.directories.clone().iter().rev() {
            let full = self.full(directory);
            if let Err(error) = self.steps.remove_empty_dir(&full) {
                let what = format!("could not remove the directory `{directory}`");
                failure.get_or_insert(anyhow::Error::new(error).context(what));
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
        self.remove_journal()?;
        Ok(aside)
    }

    pub(super) fn put_back(
        &mut self,
        entry: &Entry,
        foreign: Foreign,
    ) -> io::Result<Option<Aside>> {
        let target = self.full(&entry.path);
        let (temp, spare) = (self.full(&entry.temp), self.full(&entry.spare));
        // The new text still lies beside, or was never written: this file was not reached.
        let reached = match (&entry.before, &entry.after) {
            (None, _) => !is_there(&temp) && is_there(&target),
            (Some(_), Some(_)) => !is_there(&temp) && is_there(&spare),
            (Some(_), None) => is_there(&spare),
        };
        let mut aside = None;
        if !reached {
            self.steps.remove(&spare)?;
        } else {
            let now = target::read(&target)?;
            let ours = now.is_none() || now.as_deref() == entry.after.as_deref().map(str::as_bytes);
            match (ours, foreign) {
                (true, _) => self.return_old(entry)?,
                (false, Foreign::Leave) => {
                    aside = Some(Aside {
                        path: entry.path.clone(),
                        other: entry.before.is_some().then_some(spare),
                    });
                }
                (false, Foreign::SetAside) => {
                    let other = self
                        .path
                        .with_file_name(format!("kept-{}", entry.spare.name()));
                    let text = now.unwrap_or_default();
                    self.steps.remove(&other)?;
                    self.steps.create(&other, &text, None)?;
                    self.return_old(entry)?;
                    aside = Some(Aside {
                        path: entry.path.clone(),
                        other: Some(other),
                    });
                }
            }
        }
        self.steps.remove(&temp)?;
        Ok(aside)
    }

    fn return_old(&mut self, entry: &Entry) -> io::Result<()> {
        let target = self.full(&entry.path);
        if entry.before.is_none() {
            return self.steps.remove(&target);
        }
        let spare = self.full(&entry.spare);
        self.steps.rename(&spare, &target)
    }

    /// Removes what was kept of the old state, then the journal.
    pub(super) fn clean_up(&mut self) -> Result<()> {
        for entry in self.journal.files.clone() {
            let spare = self.full(&entry.spare);
            self.steps
                .remove(&spare)
                .with_context(|| format!("could not remove `{}`", entry.spare))?;
            if entry.after.is_none() {
                self.remove_emptied(entry.path.parent()).with_context(|| {
                    format!("could not remove the directory of `{}`", entry.path)
                })?;
            }
        }
        self.remove_journal()
    }

    /// Git knows no empty directories, and removes those it has emptied.
    fn remove_emptied(&mut self, mut directory: Option<RepoPath>) -> io::Result<()> {
        while let Some(here) = directory.filter(|here| !here.is_root()) {
            let full = self.full(&here);
            if !self.steps.remove_empty_dir(&full)? && is_there(&full) {
                break;
            }
            directory = here.parent();
        }
        Ok(())
    }

    fn remove_journal(&mut self) -> Result<()> {
        self.steps
            .remove(&self.path)
            .with_context(|| format!("could not remove the journal `{}`", self.path.display()))
    }
}
