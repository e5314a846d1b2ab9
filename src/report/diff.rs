//! The diff that a person reads: git's unified form, coloured on demand, and safe for a terminal.

use std::ops::Range;

use colored::Color;

use crate::plan::FileChange;
use crate::report::Style;
use crate::report::header::header_lines;
use crate::report::hunks::{Compared, Hunk, Line, Sign, compare};
use crate::report::patch::NO_FINAL_NEWLINE;
use crate::report::visible::visible;
use crate::report::words::changed_words;

/// All of `changes` as a unified diff.
pub fn diff(changes: &[FileChange], style: Style) -> String {
    diff_of(&compare(changes), style)
}

/// The same, of files that are compared already.
pub(super) fn diff_of(files: &[Compared<'_>], style: Style) -> String {
    let mut out = String::new();
    for Compared { change, hunks } in files
        .iter()
        .filter(|file| file.change.before != file.change.after)
    {
        for line in header_lines(change, !hunks.is_empty()) {
            out.push_str(&style.bold(&line));
            out.push('\n');
        }
        for hunk in hunks {
            add_hunk(&mut out, hunk, style);
        }
    }
    out
}

fn add_hunk(out: &mut String, hunk: &Hunk<'_>, style: Style) {
    out.push_str(&style.paint(&hunk.place(), Color::Cyan));
    if let Some(heading) = &hunk.heading {
        out.push(' ');
        out.push_str(&visible(heading));
    }
    out.push('\n');
    for run in hunk
        .lines
        .chunk_by(|a, b| (a.sign == Sign::Context) == (b.sign == Sign::Context))
    {
        add_run(out, run, style);
    }
}

/// Adds a run of context, or one of removed and then added lines.
fn add_run(out: &mut String, run: &[Line<'_>], style: Style) {
    let texts: Vec<&str> = run.iter().map(|line| line.text).collect();
    let (removed, added) = texts.split_at(
        run.iter()
            .take_while(|line| line.sign == Sign::Removed)
            .count(),
    );
    let words = if style.color && run[0].sign != Sign::Context {
        changed_words(removed, added)
    } else {
        vec![Vec::new(); run.len()]
    };
    for (line, words) in run.iter().zip(words) {
        add_line(out, line, &words, style);
    }
}

fn add_line(out: &mut String, line: &Line<'_>, words: &[Range<usize>], style: Style) {
    let (text, end) = split_line_end(line.text);
    let Some(color) = color_of(line.sign) else {
        out.push(' ');
        out.push_str(&visible(text));
        return finish_line(out, end, style);
    };
    let mut plain = String::from(line.sign.symbol());
    let mut done = 0;
    for word in words {
        // A word may reach into the line end, which is shown apart.
        let (start, stop) = (word.start.min(text.len()), word.end.min(text.len()));
        plain.push_str(&visible(&text[done..start]));
        out.push_str(&style.paint(&plain, color));
        plain.clear();
        out.push_str(&style.emphasise(&visible(&text[start..stop]), color));
        done = stop;
    }
    plain.push_str(&visible(&text[done..]));
    out.push_str(&style.paint(&plain, color));
    if style.color && end.starts_with('\r') {
        out.push_str(&style.emphasise("^M", color));
    }
    finish_line(out, end, style);
}

fn color_of(sign: Sign) -> Option<Color> {
    match sign {
        Sign::Context => None,
        Sign::Removed => Some(Color::Red),
        Sign::Added => Some(Color::Green),
    }
}

fn split_line_end(line: &str) -> (&str, &str) {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = if text.len() < line.len() {
        text.strip_suffix('\r').unwrap_or(text)
    } else {
        text
    };
    line.split_at(text.len())
}

/// Ends a line as the file does. Before a line feed a carriage return is harmless, and keeps the plain diff applicable.
fn finish_line(out: &mut String, end: &str, style: Style) {
    match end {
        "" => {
            out.push('\n');
            out.push_str(NO_FINAL_NEWLINE);
            out.push('\n');
        }
        _ if style.color => out.push('\n'),
        _ => out.push_str(end),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::fixture::change;

    #[test]
    fn a_diff_has_the_form_that_git_gives_it() {
        let before = "{\n  inputs = {\n    # 1\n    # 2\n    # 3\n    # 4\n    a.url = 1;\n  };\n}";
        let after = before.replace("a.url = 1;", "a.url = 1;\n    b.url = 2;");
        let changes = [
            change("a b", Some(before), Some(&after)),
            change("empty", None, Some("")),
            change("gone.nix", Some("x"), None),
            change("new.nix", None, Some("{ }\n{ }\n")),
        ];
        let expected = "\
diff --git a/a b b/a b
--- a/a b\t
+++ b/a b\t
@@ -5,5 +5,6 @@ inputs
     # 3
     # 4
     a.url = 1;
+    b.url = 2;
   };
 }
\\ No newline at end of file
diff --git a/empty b/empty
new file mode 100644
diff --git a/gone.nix b/gone.nix
deleted file mode 100644
--- a/gone.nix
+++ /dev/null
@@ -1 +0,0 @@
-x
\\ No newline at end of file
diff --git a/new.nix b/new.nix
new file mode 100644
--- /dev/null
+++ b/new.nix
@@ -0,0 +1,2 @@
+{ }
+{ }
";
        assert_eq!(diff(&changes, Style::PLAIN), expected);
    }

    #[test]
    fn colour_emphasises_the_words_that_changed_and_shows_a_carriage_return() {
        colored::control::set_override(true);
        let style = Style {
            color: true,
            ..Style::PLAIN
        };
        let changes = [change(
            "x",
            Some("same\r\na = 1;\r\n"),
            Some("same\r\na = 2;\r\n"),
        )];
        let shown = diff(&changes, style).replace('\x1b', "ESC");
        let expected = "\
ESC[1mdiff --git a/x b/xESC[0m
ESC[1m--- a/xESC[0m
ESC[1m+++ b/xESC[0m
ESC[36m@@ -1,2 +1,2 @@ESC[0m
 same
ESC[31m-a = ESC[0mESC[7;31m1;ESC[0mESC[7;31m^MESC[0m
ESC[32m+a = ESC[0mESC[7;32m2;ESC[0mESC[7;32m^MESC[0m
";
        assert_eq!(shown, expected);
    }

    #[test]
    fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
        let changes = [change(
            "\x1b[2J",
            Some("\ta\r\n\x1b[31m = {\n  x\r"),
            Some("\ta\r\n\x1b[31m = {\n  \x07\ry"),
        )];
        let shown = diff(&changes, Style::PLAIN);
        let expected = "\
diff --git \"a/\\033[2J\" \"b/\\033[2J\"
--- \"a/\\033[2J\"
+++ \"b/\\033[2J\"
@@ -1,3 +1,3 @@
 \ta\r
 \\x1b[31m = {
-  x\\x0d
\\ No newline at end of file
+  \\x07\\x0dy
\\ No newline at end of file
";
        assert_eq!(shown, expected);
    }

    /// `text` without the escape sequences that `colored` writes.
    fn uncolored(text: &str) -> String {
        let mut parts = text.split('\x1b');
        let first = parts.next().unwrap().to_string();
        parts.fold(first, |all, part| all + part.split_once('m').unwrap().1)
    }

    proptest! {
        #[test]
        fn colour_adds_nothing_but_colour(before in "([a-c é=;漢\t]{0,6}\n?){0,9}", after in "([a-c é=;漢\t]{0,6}\n?){0,9}") {
            colored::control::set_override(true);
            let changes = [change("x", Some(&before), Some(&after))];
            let shown = diff(&changes, Style { color: true, ..Style::PLAIN });
            prop_assert_eq!(uncolored(&shown), diff(&changes, Style::PLAIN));
        }
    }
}
