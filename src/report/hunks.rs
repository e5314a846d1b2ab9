//! The hunks of one file: which lines go and come, with their context. Every form of the diff is written from them.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::plan::FileChange;
use crate::report::heading::heading;
use crate::report::slide::slide_blocks;

/// Lines of context around a change, as git has it.
const CONTEXT: usize = 3;

/// As many lines, before and after, may have more changes than Myers's algorithm compares without heuristics.
const LONG: usize = 1_000;
/// As many lines more or fewer take it longer than to look at each line.
const MUCH: usize = 64;

/// A run of changed lines and the context around it.
pub(super) struct Hunk<'a> {
    pub(super) heading: Option<String>,
    pub(super) lines: Vec<Line<'a>>,
    old: Range<usize>,
    new: Range<usize>,
}

/// One line of a hunk, with its line feed where it has one.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) sign: Sign,
    pub(super) text: &'a str,
}

/// What happens to a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Context,
    Removed,
    Added,
}

impl Sign {
    /// The character in front of the line.
    pub(super) fn symbol(self) -> char {
        match self {
            Sign::Context => ' ',
            Sign::Removed => '-',
            Sign::Added => '+',
        }
    }
}

impl Hunk<'_> {
    /// The place of the hunk: `@@ -1,3 +1,4 @@`.
    pub(super) fn place(&self) -> String {
        format!("@@ -{} +{} @@", git_range(&self.old), git_range(&self.new))
    }
}

/// A range of lines as git counts them: from 1, and an empty one by the line before it.
fn git_range(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        len => format!("{},{len}", range.start + 1),
    }
}

/// The hunks of `change`, from top to bottom; none when no line differs.
pub(super) fn hunks(change: &FileChange) -> Vec<Hunk<'_>> {
    let old = lines(change.before.as_deref());
    let new = lines(change.after.as_deref());
    // Myers's takes the square of the changes, and where they are many it guesses; then it is better to have the lines that
    // stand once hold the others in place.
    let is_long = old.len() + new.len() >= LONG;
    let is_changed_much = !old.is_empty() && old.len().abs_diff(new.len()) >= MUCH;
    let algorithm = match is_long || is_changed_much {
        true => Algorithm::Patience,
        false => Algorithm::Myers,
    };
    let mut ops = capture_diff_slices(algorithm, &old, &new);
    slide_blocks(&mut ops, &old, &new);
    group_diff_ops(ops, CONTEXT)
        .iter()
        .map(|group| hunk(group, &old, &new))
        .collect()
}

/// A file and its hunks: these are found once for all that is said of the file.
pub(super) struct Compared<'a> {
    pub(super) change: &'a FileChange,
    pub(super) hunks: Vec<Hunk<'a>>,
}

/// The files of `changes`, each with its hunks.
pub(super) fn compare(changes: &[FileChange]) -> Vec<Compared<'_>> {
    let compared = |change| Compared {
        change,
        hunks: hunks(change),
    };
    changes.iter().map(compared).collect()
}

impl Compared<'_> {
    /// How many lines come and go.
    pub(super) fn count(&self) -> (usize, usize) {
        let signs = || {
            let lines = self.hunks.iter().flat_map(|hunk| &hunk.lines);
            lines.map(|line| line.sign)
        };
        (
            signs().filter(|&sign| sign == Sign::Added).count(),
            signs().filter(|&sign| sign == Sign::Removed).count(),
        )
    }
}

/// Lines end at a line feed and nowhere else, as git has it; a lone carriage return is part of its line.
fn lines(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or("").split_inclusive('\n').collect()
}

fn hunk<'a>(group: &[DiffOp], old: &[&'a str], new: &[&'a str]) -> Hunk<'a> {
    let span = |range: fn(&DiffOp) -> Range<usize>| match group {
        [first, .., last] => range(first).start..range(last).end,
        [only] => range(only),
        [] => 0..0,
    };
    let old_span = span(DiffOp::old_range);
    let mut lines = Vec::new();
    for op in group {
        let mut add =
            |sign, texts: &[&'a str]| lines.extend(texts.iter().map(|&text| Line { sign, text }));
        if let DiffOp::Equal { .. } = op {
            add(Sign::Context, &old[op.old_range()]);
        } else {
            add(Sign::Removed, &old[op.old_range()]);
            add(Sign::Added, &new[op.new_range()]);
        }
    }
    Hunk {
        heading: heading_of(old, &old_span, &lines),
        lines,
        old: old_span,
        new: span(DiffOp::new_range),
    }
}

fn heading_of(old: &[&str], span: &Range<usize>, lines: &[Line<'_>]) -> Option<String> {
    let context = lines
        .iter()
        .take_while(|line| line.sign == Sign::Context)
        .count();
    let changed = lines[context..]
        .iter()
        .find(|line| line.sign != Sign::Context && !line.text.trim().is_empty())?;
    heading(old, span.start, span.start + context, changed.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::RepoPath;

    #[test]
    fn a_change_for_each_of_many_like_blocks_takes_no_line_but_its_own() {
        const HOSTS: usize = 100;
        const MODULES: usize = 10;
        let flake = |list: fn(usize) -> String| -> String {
            let block = |host| {
                let modules = list(host);
                format!("  h{host} = nixosSystem {{\n    system = \"x\";\n    {modules}\n  }};\n")
            };
            (0..HOSTS).map(block).collect()
        };
        fn module(host: usize, index: usize) -> String {
            format!("./m{}", (3 * host + index) % 20)
        }
        let before = flake(|host| {
            let all: Vec<String> = (0..MODULES).map(|index| module(host, index)).collect();
            format!("modules = [ {} ];", all.join(" "))
        });
        let after = flake(|host| {
            let all: Vec<String> = (0..MODULES).map(|index| module(host, index)).collect();
            format!(
                "modules = [\n      {}\n      new\n    ];",
                all.join("\n      ")
            )
        });
        let change = FileChange {
            path: RepoPath::root(),
            before: Some(before.into()),
            after: Some(after.into()),
        };
        let compared = compare(std::slice::from_ref(&change));
        assert_eq!(compared[0].count(), (HOSTS * (MODULES + 3), HOSTS));
    }
}
