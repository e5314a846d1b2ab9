//! Offsets of an earlier text: a pass may go by a model that was read before other passes changed something, and its edits
//! are carried over to the text as it stands.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Changes;
use crate::edit::{Edit, FileEdits};
use crate::path::RepoPath;

/// How many of the edits of each file were there when a model was read; none, where a file is not named.
#[derive(Clone, Default)]
pub struct Seen(BTreeMap<RepoPath, usize>);

impl Changes {
    /// What a model of the tree as it stands sees.
    pub fn seen(&self) -> Seen {
        let count = |(file, edits): (&RepoPath, &Vec<FileEdits>)| (file.clone(), edits.len());
        Seen(self.history.iter().map(count).collect())
    }

    /// The edits of the file that the model at hand has seen, and those made since.
    pub(super) fn history_of(&self, file: &RepoPath) -> (&[FileEdits], &[FileEdits]) {
        let all = self.history.get(file).map_or(&[][..], Vec::as_slice);
        let count = match &self.seen {
            Some(seen) => seen.0.get(file).copied().unwrap_or(0),
            None => all.len(),
        };
        all.split_at(count)
    }

    /// The edit for the text as it stands; `None` where that text differs from the one it was made for.
    pub(super) fn carried(&self, file: &RepoPath, edit: Edit) -> Option<Edit> {
        let range = self.range_now(file, edit.range)?;
        Some(Edit { range, ..edit })
    }

    /// Whether the file's text has changed in `range` since the model at hand was read.
    pub fn is_changed(&self, file: &RepoPath, range: Range<usize>) -> bool {
        self.range_now(file, range).is_none()
    }

    fn range_now(&self, file: &RepoPath, range: Range<usize>) -> Option<Range<usize>> {
        let (_, since) = self.history_of(file);
        let carry = |range: Range<usize>, edits: &FileEdits| edits.carry(&range);
        since.iter().try_fold(range, carry)
    }
}
