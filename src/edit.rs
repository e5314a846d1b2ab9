//! `Edit` and `FileEdits`: the only way text changes.
//!
//! Knows nothing of Nix. One invariant, checked in one place: the edits of a file are sorted, disjoint, and their
//! offsets are offsets in the text they were made for.

use std::cell::OnceCell;
use std::ops::Range;

/// Replaces the bytes of `range` by `text`. An empty range inserts, an empty text deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte offsets in the text the edit was made for.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Inserts `text` before the byte at `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Edit {
        Edit {
            range: at..at,
            text: text.into(),
        }
    }

    /// Removes the bytes of `range`.
    pub fn delete(range: Range<usize>) -> Edit {
        Edit {
            range,
            text: String::new(),
        }
    }

    /// Puts `text` in the place of `range`.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit {
            range,
            text: text.into(),
        }
    }
}

/// Two edits of one file that overlap: the later one, which was not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap(pub Edit);

/// The edits of one file, sorted and disjoint, offsets in the original text.
#[derive(Debug, Clone, Default)]
pub struct FileEdits {
    edits: Vec<Edit>,
    /// Where the text of each edit begins in the edited text, once that was asked for.
    starts: OnceCell<Vec<usize>>,
}

impl PartialEq for FileEdits {
    fn eq(&self, other: &FileEdits) -> bool {
        self.edits == other.edits
    }
}

impl Eq for FileEdits {}

impl FileEdits {
    /// Adds `edit`, keeping the invariant. Insertions at one offset stay in the order in which they were added.
    ///
    /// # Errors
    /// `Overlap` if a byte would be changed twice, or an insertion falls inside a replaced range.
    pub fn add(&mut self, edit: Edit) -> Result<(), Overlap> {
        let at = self.edits.partition_point(|old| {
            (old.range.start, old.range.end) <= (edit.range.start, edit.range.end)
        });
        let clear_before = at == 0 || self.edits[at - 1].range.end <= edit.range.start;
        let clear_after = at == self.edits.len() || edit.range.end <= self.edits[at].range.start;
        if !(clear_before && clear_after) {
            return Err(Overlap(edit));
        }
        self.edits.insert(at, edit);
        self.starts.take();
        Ok(())
    }

    /// The edits in order.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter()
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// `text` with every edit applied; all other bytes are copied.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(
            text.len() + self.edits.iter().map(|edit| edit.text.len()).sum::<usize>(),
        );
        let mut copied = 0;
        for edit in &self.edits {
            out.push_str(&text[copied..edit.range.start]);
            out.push_str(&edit.text);
            copied = edit.range.end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// Where the byte at `after` of the edited text stood in the original; `None` for a byte that an edit wrote.
    pub fn map_back(&self, after: usize) -> Option<usize> {
        let starts = self.starts.get_or_init(|| self.starts());
        let Some(last) = starts
            .partition_point(|start| *start <= after)
            .checked_sub(1)
        else {
            return Some(after);
        };
        let edit = &self.edits[last];
        let behind = after - starts[last];
        let unwritten = behind.checked_sub(edit.text.len())?;
        Some(edit.range.end + unwritten)
    }

    /// Where the bytes of `range` of the original stand in the edited text; `None` where an edit touches them.
    pub fn carry(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let next = self
            .edits
            .partition_point(|edit| edit.range.end < range.start);
        let touches = |edit: &Edit| edit.range.start <= range.end;
        if self.edits.get(next).is_some_and(touches) {
            return None;
        }
        let Some(last) = next.checked_sub(1) else {
            return Some(range.clone());
        };
        let starts = self.starts.get_or_init(|| self.starts());
        let edit = &self.edits[last];
        let start = starts[last] + edit.text.len() + (range.start - edit.range.end);
        Some(start..start + range.len())
    }

    fn starts(&self) -> Vec<usize> {
        let (mut before, mut after) = (0, 0);
        let start = |edit: &Edit| {
            let start = after + (edit.range.start - before);
            (before, after) = (edit.range.end, start + edit.text.len());
            start
        };
        self.edits.iter().map(start).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(list: &[Edit]) -> FileEdits {
        let mut edits = FileEdits::default();
        for edit in list {
            edits.add(edit.clone()).unwrap();
        }
        edits
    }

    #[test]
    fn applies_in_order_of_place_whatever_the_order_of_adding() {
        let edits = edits(&[
            Edit::replace(4..5, "E"),
            Edit::insert(0, ">"),
            Edit::delete(1..3),
        ]);
        assert_eq!(edits.apply("abcdef"), ">adEf");
    }

    #[test]
    fn insertions_at_one_place_keep_their_order_and_may_touch_a_replacement() {
        let edits = edits(&[
            Edit::insert(1, "1"),
            Edit::insert(1, "2"),
            Edit::delete(1..2),
        ]);
        assert_eq!(edits.apply("abc"), "a12c");
    }

    #[test]
    fn refuses_an_overlap() {
        let mut edits = edits(&[Edit::delete(1..3)]);
        assert_eq!(
            edits.add(Edit::delete(2..4)),
            Err(Overlap(Edit::delete(2..4)))
        );
        assert_eq!(
            edits.add(Edit::insert(2, "x")),
            Err(Overlap(Edit::insert(2, "x")))
        );
        assert_eq!(edits.add(Edit::insert(3, "x")), Ok(()));
    }

    #[test]
    fn maps_unchanged_bytes_back_and_written_ones_to_nothing() {
        let edits = edits(&[Edit::replace(1..2, "XYZ")]);
        let back: Vec<_> = (0..5).map(|at| edits.map_back(at)).collect();
        assert_eq!(back, [Some(0), None, None, None, Some(2)]);
    }

    #[test]
    fn carries_what_no_edit_touches() {
        let edits = edits(&[Edit::replace(2..3, "XYZ"), Edit::insert(6, "!")]);
        let text = "abcdefgh";
        let edited = edits.apply(text);
        for start in 0..text.len() {
            for end in start..=text.len() {
                let is_touched = (start <= 3 && 2 <= end) || (start <= 6 && 6 <= end);
                let carried = edits.carry(&(start..end));
                assert_eq!(carried.is_none(), is_touched, "{start}..{end}");
                if let Some(carried) = carried {
                    assert_eq!(edited[carried], text[start..end], "{start}..{end}");
                }
            }
        }
    }

    #[test]
    fn what_two_edits_at_one_place_wrote_is_told_from_what_stood_there() {
        let mut edits = edits(&[Edit::insert(1, "xy"), Edit::insert(1, "z")]);
        let back = |edits: &FileEdits| (0..6).map(|at| edits.map_back(at)).collect::<Vec<_>>();
        assert_eq!(back(&edits), [Some(0), None, None, None, Some(1), Some(2)]);
        edits.add(Edit::delete(1..2)).unwrap();
        assert_eq!(back(&edits), [Some(0), None, None, None, Some(2), Some(3)]);
    }
}
