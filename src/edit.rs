//! `Edit` and `FileEdits`: the only way text changes.
//!
//! Knows nothing of Nix. One invariant, checked in one place: the edits of a file are sorted, disjoint, and their
//! offsets are offsets in the text they were made for.

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileEdits {
    edits: Vec<Edit>,
}

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
        let (mut before_at, mut after_at) = (0, 0);
        for edit in &self.edits {
            let unchanged = edit.range.start - before_at;
            if after < after_at + unchanged {
                return Some(before_at + (after - after_at));
            }
            after_at += unchanged;
            before_at = edit.range.end;
            if after < after_at + edit.text.len() {
                return None;
            }
            after_at += edit.text.len();
        }
        Some(before_at + (after - after_at))
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
}
