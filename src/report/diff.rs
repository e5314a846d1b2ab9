//! The diff that a person reads: git's unified form, coloured on demand, and safe for a terminal.

use colored::Color;

use crate::plan::FileChange;
use crate::report::Style;
use crate::report::header::header_lines;
use crate::report::hunks::{Hunk, Line, Sign, hunks};
use crate::report::patch::NO_FINAL_NEWLINE;
use crate::report::visible::visible;
use crate::report::words::changed_words;

/// All of `changes` as a unified diff.
pub fn diff(changes: &[FileChange], style: Style) -> String {
    let mut out = String::new();
    for change in changes
        .iter()
        .filter(|change| change.before != change.after)
    {
        let hunks = hunks(change);
        for line in header_lines(change, !hunks.is_empty()) {
            out.push_str(&style.bold(&line));
            out.push('\n');
        }
        for hunk in &hunks {
            add_hunk(&mut out, hunk, style);
        }
    }
    out
}

fn add_hunk(out: &mut String, hunk: &Hunk<'_>, style: Style) {
    out.push_str(&style.paint(&hunk.place(), Color::Cyan));
    if let Some(heading) = hunk.heading {
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

fn add_line(out: &mut String, line: &Line<'_>, words: &[std::ops::Range<usize>], style: Style) {
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
