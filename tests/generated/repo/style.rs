//! Comments in odd places, indentation, line ends.

use super::Files;
use crate::tape::Tape;

/// Puts comments at the marks of the templates (`§` in a line, `¶` at the end of one), and gives every file another
/// indentation, other line ends, or no final newline.
pub fn restyle(tape: &mut Tape, files: &mut Files) {
    let unit = tape.one(&["  ", "    ", "\t"]);
    let eol = tape.one(&["\n", "\r\n"]);
    let final_newline = tape.below(4) != 3;
    let comments = tape.flag();
    for text in files.values_mut() {
        let commented = commented(tape, text, comments);
        let lines = commented.lines().map(|line| {
            let content = line.trim_start_matches(' ');
            format!("{}{content}", unit.repeat((line.len() - content.len()) / 2))
        });
        let mut new = lines.collect::<Vec<_>>().join(eol);
        if final_newline {
            new.push_str(eol);
        }
        *text = new;
    }
}

fn commented(tape: &mut Tape, text: &str, comments: bool) -> String {
    let mut new = String::new();
    for character in text.chars() {
        match character {
            '§' if comments => new.push_str(tape.one(&["", "/* odd */ "])),
            '¶' if comments => {
                new.push_str(tape.one(&["", " # why", " /* because */", "  # ] }; \"${"]))
            }
            '§' | '¶' => {}
            other => new.push(other),
        }
    }
    new
}

/// `text`, one step further right.
pub fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}
