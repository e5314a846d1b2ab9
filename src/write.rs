//! All-or-nothing writing of a plan's files: every file is in its old state or every file is in its new one.
//!
//! A journal in the git directory names each file's target, its new text beside it, and the spare that keeps the old
//! file. It is there before the first change and gone after the last, so a run that was killed is put right by
//! [`recover`]. Never knows why a file changes, and never touches git: what else has to be put back travels in the
//! journal as the caller's note.
//!
//! The journal and the new texts are synced to the disk before the first file is replaced, and the replaced files before
//! the journal goes: a power cut is a kill.

mod journal;
mod outside;
mod recover;
mod restore;
mod steps;
mod target;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::message::message;
use crate::path::RepoPath;
use crate::plan::FileChange;

use self::journal::{Entry, Journal, Lock, Phase};
use self::restore::Foreign;

pub use self::recover::{Recovered, Verdict, recover};
pub use self::restore::Aside;
pub use self::steps::{Act, Steps};
pub use self::target::resolve;

/// Changes under way. Dropping one that was not finished puts everything back.
pub struct Transaction {
    work: Work,
    settled: bool,
    /// Held for as long as the files are in between.
    _lock: Lock,
}

/// Where the files are, what is to become of them, and the way to the disk.
struct Work {
    root: PathBuf,
    path: PathBuf,
    journal: Journal,
    steps: Steps,
}

impl Transaction {
    /// Checks that the files below `root` are as the plan saw them, and puts the new texts beside them.
    ///
    /// # Errors
    /// A file that changed since it was planned, is read-only, no regular file, or outside `root`; a journal that is
    /// still at `journal`; anything the disk refuses. Nothing has changed then.
    pub fn prepare(
        root: &Path,
        journal: &Path,
        changes: &[FileChange],
        steps: Steps,
    ) -> Result<Transaction> {
        let lock = journal::lock(journal)?;
        if journal.exists() {
            bail!(
                "`{}` is left from a run that did not end; recover it first",
                journal.display()
            );
        }
        let root = target::canonical(root)?;
        let content = target::plan(&root, changes)?;
        let mut transaction = Transaction {
            work: Work {
                root,
                path: journal.to_owned(),
                journal: content,
                steps,
            },
            settled: false,
            _lock: lock,
        };
        transaction.work.save()?;
        if let Err(error) = transaction.work.put_beside() {
            return Err(transaction.undo_after(error));
        }
        Ok(transaction)
    }

    /// The files that are written: those of the plan, with symlinks followed.
    pub fn written(&self) -> Vec<RepoPath> {
        self.work
            .journal
            .files
            .iter()
            .map(|entry| entry.path.clone())
            .collect()
    }

    /// Puts every new text in its place. The journal stays until [`Applied::finish`].
    ///
    /// # Errors
    /// A file that changed since [`Transaction::prepare`], or anything the disk refuses. Everything is put back then.
    pub fn apply(mut self) -> Result<Applied> {
        match self.work.replace() {
            Ok(()) => Ok(Applied(self)),
            Err(error) => Err(self.undo_after(error)),
        }
    }

    /// Puts everything back and says why.
    fn undo_after(mut self, error: anyhow::Error) -> anyhow::Error {
        match self.put_back() {
            Ok(_) => error,
            Err(second) => error.context(format!(
                "{}; the next run will try again, because",
                message(&second)
            )),
        }
    }

    fn put_back(&mut self) -> Result<Vec<Aside>> {
        self.settled = true;
        self.work.roll_back(Foreign::SetAside)
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.settled {
            // What fails here stays in the journal, and the next run recovers it.
            let _ = self.put_back();
        }
    }
}

/// Every file is in its new state, and can still be put back. Dropping it does so.
pub struct Applied(Transaction);

impl Applied {
    /// The files that were written: those of the plan, with symlinks followed.
    pub fn written(&self) -> Vec<RepoPath> {
        self.0.written()
    }

    /// Leaves word in the journal for the one who recovers it: what `settle` of [`recover`] is given.
    ///
    /// # Errors
    /// The journal could not be written; the old one stands.
    pub fn note(&mut self, note: &str) -> Result<()> {
        self.0.work.journal.note = Some(note.to_owned());
        self.0.work.save()
    }

    /// Makes the new state final: removes what was kept of the old one, emptied directories as git does, the journal.
    ///
    /// # Errors
    /// Something could not be removed. The files are not put back: the next run settles by the note.
    pub fn finish(mut self) -> Result<()> {
        self.0.settled = true;
        self.0.work.journal.phase = Phase::Done;
        self.0.work.save()?;
        self.0.work.clean_up()
    }

    /// Puts the old state back. A file that somebody changed meanwhile (a hook that formats, say) is put back as well;
    /// its text is set aside, and told.
    ///
    /// # Errors
    /// Something could not be put back; the journal stays and the next run tries again.
    pub fn undo(mut self) -> Result<Vec<Aside>> {
        self.0.put_back()
    }

    /// How many steps on the disk were taken so far.
    pub fn steps(&self) -> usize {
        self.0.work.steps.taken()
    }
}

impl Work {
    fn save(&mut self) -> Result<()> {
        self.journal
            .save(&self.path, &mut self.steps)
            .with_context(|| format!("could not write the journal `{}`", self.path.display()))
    }

    fn full(&self, path: &RepoPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    fn put_beside(&mut self) -> Result<()> {
        for directory in self.journal.directories.clone() {
            let full = self.full(&directory);
            self.steps
                .create_dir(&full)
                .with_context(|| format!("could not create the directory `{directory}`"))?;
        }
        for entry in self.journal.files.clone() {
            let Some(after) = &entry.after else { continue };
            let (temp, target) = (self.full(&entry.temp), self.full(&entry.path));
            let like = entry.before.is_some().then_some(target.as_path());
            self.steps
                .create(&temp, after.as_bytes(), like)
                .with_context(|| format!("could not write beside `{}`", entry.path))?;
        }
        self.sync_directories()
    }

    fn replace(&mut self) -> Result<()> {
        for entry in self.journal.files.clone() {
            target::check(
                &self.full(&entry.path),
                &entry.path,
                entry.before.as_deref(),
            )?;
            self.replace_one(&entry)
                .with_context(|| format!("could not write `{}`", entry.path))?;
        }
        self.sync_directories()
    }

    fn replace_one(&mut self, entry: &Entry) -> std::io::Result<()> {
        let target = self.full(&entry.path);
        let (temp, spare) = (self.full(&entry.temp), self.full(&entry.spare));
        match (&entry.before, &entry.after) {
            (_, None) => self.steps.rename(&target, &spare),
            (None, Some(_)) => self.steps.rename(&temp, &target),
            (Some(_), Some(_)) => {
                self.steps.keep(&target, &spare)?;
                self.steps.rename(&temp, &target)
            }
        }
    }
}

#[cfg(test)]
mod tests;
