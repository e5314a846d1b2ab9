//! A file that another program changes in the course of a transaction: Nix, and flake.lock.
//!
//! Its old text is kept like that of a planned file, so that all ways back restore it as well.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::path::RepoPath;

use super::journal::{Entry, Writer};
use super::restore::Foreign;
use super::{Applied, target};

impl Applied {
    /// Keeps the file at `path`, which another program is about to change.
    ///
    /// # Errors
    /// It is not a regular file, or the disk refuses.
    pub fn watch(&mut self, path: &RepoPath) -> Result<()> {
        let work = &mut self.0.work;
        let full = work.full(path);
        if !full
            .symlink_metadata()
            .is_ok_and(|metadata| metadata.is_file())
        {
            bail!("`{path}` is no regular file");
        }
        let text = fs::read_to_string(&full).with_context(|| format!("could not read `{path}`"))?;
        let entry = Entry {
            writer: Writer::Another,
            ..target::entry(path.clone(), Some(text.clone()), Some(text.clone()))?
        };
        let (temp, spare) = (work.full(&entry.temp), work.full(&entry.spare));
        work.journal.files.push(entry);
        work.save()?;
        // No hard link: the program may write into the file. And never half a spare: while the text lies beside under
        // its first name, the file counts as not reached.
        let kept = work.steps.create(&temp, text.as_bytes(), Some(&full));
        kept.and_then(|()| work.steps.rename(&temp, &spare))
            .with_context(|| format!("could not keep `{path}`"))
    }

    /// Takes what the file at `path` has become for this run's own; gives its old and its new text.
    ///
    /// # Errors
    /// It was not watched, cannot be read, or the journal could not be written.
    pub fn adopt(&mut self, path: &RepoPath) -> Result<(String, String)> {
        let work = &mut self.0.work;
        let text = fs::read_to_string(work.full(path))
            .with_context(|| format!("could not read `{path}`"))?;
        let entry = work
            .journal
            .files
            .iter_mut()
            .find(|entry| entry.path == *path);
        let entry = entry.with_context(|| format!("`{path}` was not watched"))?;
        entry.after = Some(text.clone());
        let before = entry.before.clone().unwrap_or_default();
        work.save()?;
        Ok((before, text))
    }

    /// Puts the old text of a watched file back at once, and lets go of the file.
    ///
    /// # Errors
    /// The disk refuses; the journal still knows the file.
    pub fn give_up(&mut self, path: &RepoPath) -> Result<()> {
        let work = &mut self.0.work;
        let entry: Option<Entry> = work
            .journal
            .files
            .iter()
            .find(|entry| entry.path == *path)
            .cloned();
        let entry = entry.with_context(|| format!("`{path}` was not watched"))?;
        work.put_back(&entry, Foreign::SetAside)
            .with_context(|| format!("could not put back `{path}`"))?;
        work.journal.files.retain(|entry| entry.path != *path);
        work.save()
    }
}
