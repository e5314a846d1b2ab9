//! Which words of a changed line changed.

use std::ops::Range;

use similar::{Algorithm, ChangeTag, DiffOp, InlineChangeOptions, TextDiff};

/// Above this many lines on a side a reader no longer pairs them, and pairing them costs time.
const LARGEST: usize = 40;

/// The changed byte ranges of each line of `removed` and then of `added`, which replaces it.
///
/// No line has any when the two sides have little in common.
pub(super) fn changed_words(removed: &[&str], added: &[&str]) -> Vec<Vec<Range<usize>>> {
    let mut words = vec![Vec::new(); removed.len() + added.len()];
    if removed.is_empty() || added.is_empty() || removed.len().max(added.len()) > LARGEST {
        return words;
    }
    let diff = TextDiff::from_slices(removed, added);
    let replace = DiffOp::Replace {
        old_index: 0,
        old_len: removed.len(),
        new_index: 0,
        new_len: added.len(),
    };
    let mut options = InlineChangeOptions::new();
    options.algorithm(Algorithm::Myers);
    // A deadline would make the output depend on the load of the machine.
    for change in diff.iter_inline_changes_with_options_deadline(&replace, options, None) {
        let line = match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Delete, Some(line), _) => line,
            (ChangeTag::Insert, _, Some(line)) => removed.len() + line,
            _ => continue,
        };
        words[line] = emphasised(change.values());
    }
    words
}

fn emphasised(pieces: &[(bool, &str)]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut ranges = Vec::new();
    for (changed, piece) in pieces {
        if *changed {
            ranges.push(at..at + piece.len());
        }
        at += piece.len();
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_words_that_differ() {
        let words = changed_words(&["a = old x y;\n"], &["a = new x z;\n"]);
        assert_eq!(words, [vec![4..7, 10..12], vec![4..7, 10..12]]);
    }

    #[test]
    fn lines_with_nothing_in_common_have_no_changed_words() {
        let words = changed_words(&["abc def\n"], &["x y z w\n", "q\n"]);
        assert_eq!(words, [vec![], vec![], vec![]]);
    }
}
