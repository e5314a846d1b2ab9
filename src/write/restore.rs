//! The two ways out of a transaction: back to the old state, or cleaning up after the new one.
//!
//! Both look at the disk rather than trust the journal, so either can be killed half-way and started again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::path::RepoPath;

use super::Work;
use super::journal::{Entry, Writer};
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
        let aside = if self.is_reached(entry)? {
            self.put_back_reached(entry, foreign)?
        } else {
            self.steps.remove(&self.full(&entry.spare))?;
            None
        };
        let temp = self.full(&entry.temp);
        self.steps.remove(&back(&temp))?;
        self.steps.remove(&temp)?;
        Ok(aside)
    }

    /// Whether the file may have its new state. While the new text lies beside, or was never written, it has not.
    fn is_reached(&self, entry: &Entry) -> io::Result<bool> {
        let target = self.full(&entry.path);
        let (temp, spare) = (self.full(&entry.temp), self.full(&entry.spare));
        Ok(match (&entry.before, &entry.after) {
            (None, _) => !is_there(&temp) && is_there(&target),
            (Some(_), None) => is_there(&spare),
            (Some(_), Some(_)) if is_there(&temp) => false,
            (Some(_), Some(_)) if is_there(&spare) => true,
            // A power cut may have lost the spare's name, but not the journal.
            (Some(before), Some(after)) => {
                before != after && target::read(&target)?.as_deref() == Some(after.as_bytes())
            }
        })
    }

    fn put_back_reached(&mut self, entry: &Entry, foreign: Foreign) -> io::Result<Option<Aside>> {
        let now = target::read(&self.full(&entry.path))?;
        let ours = now.is_none() || now.as_deref() == entry.after.as_deref().map(str::as_bytes);
        // What another program has made of the file is at hand again in a moment.
        let foreign = match entry.writer {
            Writer::Nixfix => foreign,
            Writer::Another => Foreign::SetAside,
        };
        let aside = |other| {
            Some(Aside {
                path: entry.path.clone(),
                other,
            })
        };
        match (ours, foreign) {
            (true, _) => self.return_old(entry).map(|()| None),
            (false, Foreign::Leave) => {
                let spare = self.full(&entry.spare);
                Ok(aside(entry.before.is_some().then_some(spare)))
            }
            (false, Foreign::SetAside) => {
                let other = self.set_aside(entry, &now.unwrap_or_default())?;
                self.return_old(entry)?;
                Ok(aside(Some(other)))
            }
        }
    }

    /// Keeps a text that is neither the old nor the new one, in the git directory.
    fn set_aside(&mut self, entry: &Entry, text: &[u8]) -> io::Result<PathBuf> {
        let name = format!("kept-{}", entry.spare.name());
        let other = self.path.with_file_name(name);
        self.steps.remove(&other)?;
        self.steps.create(&other, text, None)?;
        Ok(other)
    }

    fn return_old(&mut self, entry: &Entry) -> io::Result<()> {
        let target = self.full(&entry.path);
        let Some(before) = &entry.before else {
            return self.steps.remove(&target);
        };
        let spare = self.full(&entry.spare);
        if is_there(&spare) {
            return self.steps.rename(&spare, &target);
        }
        let back = back(&self.full(&entry.temp));
        self.steps.remove(&back)?;
        self.steps.create(&back, before.as_bytes(), Some(&target))?;
        self.steps.rename(&back, &target)
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

    /// What is on its way to the disk arrives there before anything is done that relies on it.
    pub(super) fn sync_directories(&mut self) -> Result<()> {
        let files = self.journal.files.iter().map(|entry| &entry.path);
        let all = files.chain(&self.journal.directories);
        let parents: BTreeSet<RepoPath> = all.filter_map(RepoPath::parent).collect();
        for directory in parents {
            let full = self.full(&directory);
            self.steps
                .sync(&full)
                .with_context(|| format!("could not sync the directory `{directory}`"))?;
        }
        Ok(())
    }

    fn remove_journal(&mut self) -> Result<()> {
        self.steps
            .remove(&self.path)
            .with_context(|| format!("could not remove the journal `{}`", self.path.display()))
    }
}

/// Where an old text is written anew, next to the new one.
fn back(temp: &Path) -> PathBuf {
    temp.with_extension("back")
}
