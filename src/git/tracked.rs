//! What git tracks, which is what a flake sees: the index, with files that are only intended to be added.

use anyhow::Result;
use git2::{IndexEntry, IndexEntryExtendedFlag, IndexEntryFlag};

use crate::path::RepoPath;

use super::Repo;

/// What a tracked name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A file.
    Regular,
    /// A file with the executable bit.
    Executable,
    /// A symlink.
    Symlink,
    /// A submodule: its files are another repository's.
    Submodule,
}

/// One entry of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedFile {
    /// Its name.
    pub path: RepoPath,
    /// What it is.
    pub kind: FileKind,
    /// Added with `git add --intent-to-add`: tracked, but without content.
    pub intent_to_add: bool,
    /// Not in the work tree, as in a sparse checkout.
    pub skip_worktree: bool,
}

/// Everything that git tracks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracked {
    /// Sorted by path; a conflicted file stands here once.
    pub files: Vec<TrackedFile>,
    /// Names that are not UTF-8, made readable; nixfix does not look at them.
    pub unreadable: Vec<String>,
}

impl Repo {
    /// What the index holds.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn tracked_files(&self) -> Result<Tracked> {
        let mut tracked = Tracked::default();
        for entry in self.index()?.iter() {
            match readable_path(&entry) {
                Some(path) => tracked.files.push(tracked_file(path, &entry)),
                None => tracked
                    .unreadable
                    .push(String::from_utf8_lossy(&entry.path).into_owned()),
            }
        }
        tracked.files.sort_by(|a, b| a.path.cmp(&b.path));
        // The sides of a conflict have one name.
        tracked.files.dedup_by(|a, b| a.path == b.path);
        Ok(tracked)
    }
}

fn tracked_file(path: RepoPath, entry: &IndexEntry) -> TrackedFile {
    TrackedFile {
        path,
        kind: kind_of(entry),
        intent_to_add: is_intent_to_add(entry),
        skip_worktree: is_skip_worktree(entry),
    }
}

pub(super) fn readable_path(entry: &IndexEntry) -> Option<RepoPath> {
    std::str::from_utf8(&entry.path)
        .ok()
        .and_then(RepoPath::new)
}

pub(super) fn kind_of(entry: &IndexEntry) -> FileKind {
    match entry.mode {
        0o120_000 => FileKind::Symlink,
        0o160_000 => FileKind::Submodule,
        0o100_755 => FileKind::Executable,
        _ => FileKind::Regular,
    }
}

pub(super) fn is_intent_to_add(entry: &IndexEntry) -> bool {
    IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended).is_intent_to_add()
}

pub(super) fn is_skip_worktree(entry: &IndexEntry) -> bool {
    IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended).is_skip_worktree()
}

/// `git update-index --assume-unchanged`: status does not look at the file.
pub(super) fn is_assumed_unchanged(entry: &IndexEntry) -> bool {
    IndexEntryFlag::from_bits_truncate(entry.flags).is_valid()
}
