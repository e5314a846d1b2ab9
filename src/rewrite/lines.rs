//! Questions about lines of a text: where they begin and end, how they are indented. Knows nothing of Nix.

use std::ops::Range;

/// Where the line that holds the byte at `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where that line ends, before its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    if end > at && text.as_bytes()[end - 1] == b'\r' {
        end - 1
    } else {
        end
    }
}

/// Where the next line begins, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

/// The white space that the line holding `at` begins with, up to `at`.
pub(super) fn indent_at(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let line = &text[start..line_end(text, at).max(start)];
    &line[..line.len() - line.trim_start().len()]
}

/// Whether only white space precedes `at` on its line.
pub(super) fn starts_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim().is_empty()
}

/// Whether a line of nothing but white space lies wholly within the range.
pub(super) fn has_blank_line(gap: &str) -> bool {
    let mut lines = gap.split('\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some() && line.trim().is_empty() {
            return true;
        }
    }
    false
}

/// The line end in use near `at`: that of its line, else of the line before, else `\n`.
pub(super) fn eol_near(text: &str, at: usize) -> &'static str {
    let newline = text[at..]
        .find('\n')
        .map(|newline| at + newline)
        .or_else(|| text[..at].rfind('\n'));
    match newline {
        Some(newline) if text[..newline].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Whether Nix takes the character for white space. A form feed or a no-break space at the end of a comment is part of it.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// The part of `range` that is not white space at its ends; empty and at the start if there is nothing else.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let end = range.start + inner.trim_end_matches(is_blank).len();
    let start = end
        - inner[..end - range.start]
            .trim_start_matches(is_blank)
            .len();
    if start == end {
        range.start..range.start
    } else {
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_with_either_line_end() {
        let text = "a\r\n\tb c\r\n";
        assert_eq!(
            (line_start(text, 6), line_end(text, 4), next_line(text, 4)),
            (3, 7, 9)
        );
        assert_eq!((indent_at(text, 6), indent_at(text, 0)), ("\t", ""));
        assert!(starts_line(text, 4));
        assert!(!starts_line(text, 6));
        assert_eq!(
            (eol_near(text, 0), eol_near(text, 9), eol_near("a", 0)),
            ("\r\n", "\r\n", "\n")
        );
    }

    #[test]
    fn what_is_no_white_space_to_nix_is_not_trimmed() {
        assert_eq!(trimmed(" # a\u{a0} \u{c}\r\n", 0..10), 1..8);
        assert_eq!(trimmed(" \t", 0..2), 0..0);
    }

    #[test]
    fn a_blank_line_needs_two_line_ends() {
        assert!(has_blank_line("\n\n"));
        assert!(has_blank_line(" # c\r\n \t\r\n  "));
        assert!(!has_blank_line("\n  "));
        assert!(!has_blank_line(" \n # c\n"));
    }
}
