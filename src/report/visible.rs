//! Makes characters that a terminal would obey visible instead.
//!
//! A configuration is somebody's text: an escape sequence in a comment must not recolour, move or retitle the terminal
//! of whoever reads its diff, and a bidirectional override must not make a line read as what it is not.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with every character that a terminal might obey written as `\x1b` or `\u{202e}`; tabs and line feeds stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Nearly every text is of these alone, which is told much faster.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_plain) || !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if !is_obeyed(character) {
            out.push(character);
        } else if (character as u32) < 0x100 {
            write!(out, "\\x{:02x}", character as u32).expect("a String takes every write");
        } else {
            write!(out, "\\u{{{:x}}}", character as u32).expect("a String takes every write");
        }
    }
    Cow::Owned(out)
}

/// JSON that means the same, with no character in it that a terminal might obey.
pub(super) fn in_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if is_obeyed(character) {
            // Within a string, the only place where there can be one; all of them have four digits.
            write!(out, "\\u{:04x}", character as u32).expect("a String takes every write");
        } else {
            out.push(character);
        }
    }
    out
}

/// `text` on one line: what `visible` does, and line feeds too.
pub(crate) fn visible_line(text: &str) -> String {
    visible(text).replace('\n', "\\x0a")
}

/// `text` with every such character as one replacement character, for where characters are counted.
pub(super) fn masked(text: &str) -> String {
    text.replace(is_obeyed, "\u{fffd}")
}

fn is_obeyed(character: char) -> bool {
    let kept = matches!(character, '\t' | '\n');
    let bidirectional = matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let separator = matches!(character, '\u{2028}' | '\u{2029}');
    (character.is_control() && !kept) || bidirectional || separator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_obey_and_keeps_the_rest() {
        for (text, shown) in [
            ("\tplain é 漢\n", "\tplain é 漢\n"),
            ("\x1b[31mred", "\\x1b[31mred"),
            ("bell\x07 del\x7f csi\u{9b}", "bell\\x07 del\\x7f csi\\x9b"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\rb", "a\\x0db"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_line("a\nb"), "a\\x0ab");
        assert_eq!(in_json("{\n\"\u{9b}\u{202e}\""), "{\n\"\\u009b\\u202e\"");
        assert_eq!(masked("\ta\u{9b}b"), "\ta\u{fffd}b");
    }
}
