//! Byte offsets as lines and columns.

use std::ops::Range;

/// A place in a text as people count: both from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where the byte at `offset` stands; an offset beyond the text is its end.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = &text[..floor(text, offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The first line of `range` without its line end, and the part of it that `range` covers.
pub(super) fn first_line(text: &str, range: Range<usize>) -> (&str, Range<usize>) {
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = &text[line_start..line_end];
    let line = line.strip_suffix('\r').unwrap_or(line);
    let clamp = |at: usize| (at - line_start).min(line.len());
    (line, clamp(start)..clamp(end))
}

/// The nearest character boundary at or before `offset`, inside the text.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "é=1;\r\n漢x\n";
        for (offset, line, column) in [
            (0, 1, 1),
            (1, 1, 1),
            (2, 1, 2),
            (7, 2, 1),
            (10, 2, 2),
            (12, 3, 1),
            (99, 3, 1),
        ] {
            assert_eq!(
                position(text, offset),
                Position { line, column },
                "offset {offset}"
            );
        }
    }

    #[test]
    fn the_first_line_ends_before_its_line_end() {
        let text = "ab\r\ncd\n";
        for (range, line, covered) in [
            (0..2, "ab", 0..2),
            (1..6, "ab", 1..2),
            (3..3, "ab", 2..2),
            (4..99, "cd", 0..2),
            (7..7, "", 0..0),
            (50..60, "", 0..0),
        ] {
            assert_eq!(
                first_line(text, range.clone()),
                (line, covered),
                "{range:?}"
            );
        }
    }
}
