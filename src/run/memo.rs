//! What was said of the plan for a flake, remembered in the git directory: for as long as nothing has changed that was
//! looked at, the same is said again without looking. Only what is shown is remembered, never what is written: `apply` plans
//! and proves anew.
//!
//! What is looked at is the command line, the recipe, the names that git tracks, and the texts of those files that were
//! read or searched; and nixfix itself. A text is told from another as git tells them: by its blob where the index is looked
//! at, else by what the file system says of the file. A file that was touched only just before may be changed again without
//! a trace of it, so nothing is remembered then.

use std::io::BufWriter;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::console::Console;
use super::locate::{Site, Version as Which};
use super::verbosity::Verbosity;
use crate::cli::Migration;
use crate::git::digest;
use crate::path::RepoPath;
use crate::recipe::Source;
use crate::report::{Human, Outcome};
use crate::tree::{Tree, Version};

/// How long a file must have been left alone: more than the clock of any file system takes from one time to the next.
const SETTLED: Duration = Duration::from_secs(2);

/// The place of what may be remembered of one command line.
pub(super) struct Memo {
    file: PathBuf,
    /// Stands for everything that counts besides the files.
    key: String,
    began: SystemTime,
}

/// What was said of a plan.
#[derive(Serialize, Deserialize)]
pub(super) struct Said {
    pub human: Human,
    pub outcome: Outcome,
}

/// What is remembered.
#[derive(Serialize, Deserialize)]
struct Remembered {
    key: String,
    /// Stands for the tracked names.
    names: String,
    /// Which of them were read, by their place among all of them.
    read: Vec<Range<usize>>,
    /// Stands for the versions of these.
    versions: String,
    said: Said,
}

impl Memo {
    /// The memo of this command line, where one can be kept.
    pub fn of(
        console: &Console,
        site: &Site,
        migration: &Migration,
        sources: &[Source],
    ) -> Option<Memo> {
        if console.verbosity > Verbosity::Normal {
            return None;
        }
        let began = SystemTime::now();
        let which = match site.version {
            Which::WorkTree => "files",
            Which::Staged => "staged",
        };
        // A path on the command line is one from where the user stands.
        let flags = site.flags(migration).ok()?;
        let line = format!("{which} {} {migration:?} {flags:?}", site.flake);
        let about = [
            line.clone(),
            itself()?,
            format!("{:?} {:?}", console.out, console.err),
            format!("{:?}", sources.iter().map(fields).collect::<Vec<_>>()),
        ];
        let name = digest(line.as_bytes())?;
        Some(Memo {
            file: site.repo.memory().join(format!("plan-{name}.json")),
            key: digest(format!("{about:?}").as_bytes())?,
            began,
        })
    }

    /// What was said of the files in `tree` when they were as they are.
    pub fn recall(&self, tree: &Tree) -> Option<Said> {
        // A FIFO would be waited for.
        let is_file = std::fs::metadata(&self.file).ok()?.is_file();
        let text = is_file.then(|| std::fs::read(&self.file).ok())??;
        let remembered: Remembered = serde_json::from_slice(&text).ok()?;
        let is_same = remembered.key == self.key
            && remembered.names == names(tree)?
            && remembered.versions == versions(tree, &remembered.read, |name| tree.version(name))?;
        is_same.then_some(remembered.said)
    }

    /// Remembers what was said of the files in `tree`. If that cannot be done, the next run takes longer.
    pub fn keep(&self, tree: &Tree, said: Said) {
        if let Some(remembered) = self.remembered(tree, said) {
            // Nothing rests on it: without it, everything is looked at again.
            let _ = replace(&self.file, &remembered);
        }
    }

    fn remembered(&self, tree: &Tree, said: Said) -> Option<Remembered> {
        let read = ranges(tree.read().map(|(_, read)| read));
        let settled = |one: &Version| {
            one.touched
                .is_none_or(|touched| touched + SETTLED <= self.began)
        };
        let version = |name: &RepoPath| tree.version_read(name).filter(settled);
        Some(Remembered {
            key: self.key.clone(),
            names: names(tree)?,
            versions: versions(tree, &read, version)?,
            read,
            said,
        })
    }
}

/// The program that runs: another build may say something else.
fn itself() -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let version = Version::of(&program.metadata().ok()?);
    Some(format!("{} {:?}", program.display(), version.id))
}

fn fields(source: &Source) -> (&str, bool, &str) {
    (&source.name, source.file.is_some(), &source.text)
}

fn names(tree: &Tree) -> Option<String> {
    let mut all = Vec::new();
    for (name, link) in tree.names() {
        all.extend_from_slice(name.as_str().as_bytes());
        all.push(0);
        all.extend_from_slice(link.map_or("", |link| link.as_str()).as_bytes());
        all.push(0);
    }
    digest(&all)
}

/// Stands for the versions of the files at these places among all names; `None` where one cannot be told.
fn versions(
    tree: &Tree,
    places: &[Range<usize>],
    version: impl Fn(&RepoPath) -> Option<Version>,
) -> Option<String> {
    let mut ids = Vec::new();
    let mut names = tree.names().enumerate();
    for range in places {
        let here = names.by_ref().skip_while(|(place, _)| *place < range.start);
        for (_, (name, _)) in here.take(range.len()) {
            ids.extend_from_slice(&version(name)?.id);
        }
    }
    digest(&ids)
}

/// Where `flags` are set.
fn ranges(flags: impl Iterator<Item = bool>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (place, _) in flags.enumerate().filter(|(_, set)| *set) {
        match ranges.last_mut() {
            Some(last) if last.end == place => last.end += 1,
            _ => ranges.push(place..place + 1),
        }
    }
    ranges
}

/// Puts it at `file` in one go.
fn replace(file: &Path, remembered: &Remembered) -> std::io::Result<()> {
    let directory = file.parent().unwrap_or(file);
    std::fs::create_dir_all(directory)?;
    let next = tempfile::NamedTempFile::new_in(directory)?;
    let mut writer = BufWriter::new(next);
    serde_json::to_writer(&mut writer, remembered)?;
    writer.into_inner()?.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_were_read_are_kept_as_ranges() {
        let read = [true, true, false, true, false, false, true];
        assert_eq!(ranges(read.into_iter()), [0..2, 3..4, 6..7]);
        assert_eq!(ranges([false].into_iter()), []);
    }
}
