//! Puts a new item into a body, in the layout the body has.

use std::ops::Range;

use super::body::{Body, Kind};
use super::lines::{is_blank, line_end, starts_line};
use super::style::{Style, ends_with_line_comment, is_inline, reindent};
use crate::edit::Edit;

/// Where among the items of a body a new one goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Before everything, comments too.
    Start,
    /// Right after the item at this index and what trails on its line.
    After(usize),
    /// After everything, comments too.
    End,
}

/// A list on one line is broken into a line for each item rather than grow beyond this, where its blanks can stay: tabs do
/// not hold them.
const WIDTH: usize = 100;

impl Body<'_> {
    /// The edits that put `snippet` at `spot`.
    pub fn insert(&self, spot: Spot, snippet: &str) -> Vec<Edit> {
        let style = Style::near(self.text, self.open.end);
        if self.is_vacant() {
            return vec![self.fill(snippet, &style)];
        }
        if !self.is_inline() {
            return self.insert_line(spot, snippet, &style);
        }
        let hugs = (0..self.items.len()).any(|index| self.is_multiline(index));
        let fits = is_inline(snippet);
        let too_long = self.kind == Kind::List && self.width_with(snippet) > WIDTH;
        let inline = || {
            let snippet = style.place(snippet, self.base_indent());
            vec![self.insert_inline(spot, &snippet)]
        };
        if hugs && !snippet.contains('#') || fits && !too_long {
            return inline();
        }
        let indent = format!("{}{}", self.base_indent(), style.unit());
        match fits && !self.holds_blanks(&indent) {
            true => inline(),
            false => self.break_lines(spot, snippet, &style, &indent),
        }
    }

    /// The length of the line of a body on one line with `snippet` in it.
    fn width_with(&self, snippet: &str) -> usize {
        let start = self.text[..self.open.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let end = line_end(self.text, self.close);
        self.text[start..end].trim_end().chars().count() + 1 + snippet.chars().count()
    }

    /// Whether lines that are indented so would have every blank that stands between the items now.
    fn holds_blanks(&self, indent: &str) -> bool {
        let content = self.content();
        let between = (1..self.items.len()).map(|index| self.blanks_before(index));
        // Those before the end may be on the line of the new item.
        [self.open.end..content.start, content.end..self.close]
            .into_iter()
            .chain(between)
            .all(|blanks| holds(indent, &self.text[blanks]))
    }

    /// The blanks right before the item at `index`.
    fn blanks_before(&self, index: usize) -> Range<usize> {
        let end = self.items[index].start;
        self.text[..end].trim_end().len()..end
    }

    fn fill(&self, snippet: &str, style: &Style) -> Edit {
        let between = self.open.end..self.close;
        let line_end = self.interior().find('\n');
        if is_inline(snippet) && line_end.is_none() {
            let padded =
                self.kind == Kind::Words || !self.interior().is_empty() && self.kind == Kind::List;
            let pad = if padded || !style.tight_braces() {
                " "
            } else {
                ""
            };
            return Edit::replace(between, format!("{pad}{snippet}{pad}"));
        }
        let base = self.base_indent();
        let indent = format!("{base}{}", style.unit());
        let snippet = style.place(snippet, &indent);
        let eol = style.eol;
        match line_end {
            // Its blank lines stay, below.
            Some(at) => Edit::insert(between.start + at + 1, format!("{indent}{snippet}{eol}")),
            None => Edit::replace(between, format!("{eol}{indent}{snippet}{eol}{base}")),
        }
    }

    fn insert_inline(&self, spot: Spot, snippet: &str) -> Edit {
        match spot {
            Spot::Start => Edit::insert(self.content().start, format!("{snippet} ")),
            Spot::After(index) => Edit::insert(self.items[index].end, format!(" {snippet}")),
            Spot::End => Edit::insert(self.content().end, format!(" {snippet}")),
        }
    }

    /// A body on one line gets a line for each item, because the new one needs lines of its own.
    fn break_lines(&self, spot: Spot, snippet: &str, style: &Style, indent: &str) -> Vec<Edit> {
        let base = self.base_indent();
        let new_line = format!("{}{indent}", style.eol);
        let snippet = style.place(snippet, indent);
        let content = self.content();
        let mut edits = vec![Edit::replace(
            self.open.end..content.start,
            new_line.clone(),
        )];
        if spot == Spot::Start {
            edits.push(Edit::insert(content.start, format!("{snippet}{new_line}")));
        }
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                edits.push(Edit::replace(self.blanks_before(index), new_line.clone()));
            }
            if spot == Spot::After(index) {
                edits.push(Edit::insert(item.end, format!("{new_line}{snippet}")));
            }
        }
        if spot == Spot::End {
            edits.push(Edit::insert(content.end, format!("{new_line}{snippet}")));
        }
        edits.push(Edit::replace(
            content.end..self.close,
            format!("{}{base}", style.eol),
        ));
        edits
    }

    fn insert_line(&self, spot: Spot, snippet: &str, style: &Style) -> Vec<Edit> {
        let index = match spot {
            Spot::Start => 0,
            Spot::After(index) => index + 1,
            Spot::End => self.items.len(),
        };
        let indent = self.item_indent(index, style);
        let wants_blank = match spot {
            Spot::Start => {
                let wants = self.wants_blank_line(0, snippet) || self.opens_with_comment();
                wants && !self.opens_with_blank_line()
            }
            Spot::After(_) | Spot::End => self.wants_blank_line(index, snippet),
        };
        let blank = if wants_blank { style.eol } else { "" };
        let snippet = reindent(snippet, &indent, self.unit(&indent, style), style.eol);
        let new_line = format!("{}{indent}", style.eol);
        match spot {
            Spot::End => vec![self.insert_last(&snippet, &format!("{blank}{new_line}"), style)],
            Spot::After(index) => self.insert_after(index, &snippet, blank, &new_line),
            Spot::Start => match self.tail_of(self.open.end) {
                Some(at) => vec![Edit::insert(at, format!("{new_line}{snippet}{blank}"))],
                None => vec![Edit::insert(
                    self.content().start,
                    format!("{snippet}{blank}{new_line}"),
                )],
            },
        }
    }

    fn insert_last(&self, snippet: &str, separator: &str, style: &Style) -> Edit {
        let end = self.content().end;
        let rest = end..self.close;
        if ends_with_line_comment(snippet) && !self.text[rest.clone()].contains('\n') {
            return Edit::replace(
                rest,
                format!("{separator}{snippet}{}{}", style.eol, self.base_indent()),
            );
        }
        Edit::insert(end, format!("{separator}{snippet}"))
    }

    fn insert_after(&self, index: usize, snippet: &str, blank: &str, new_line: &str) -> Vec<Edit> {
        let end = self.items[index].end;
        if let Some(at) = self.tail_of(end) {
            return vec![Edit::insert(at, format!("{blank}{new_line}{snippet}"))];
        }
        let shares_line = !starts_line(self.text, self.items[index].start);
        if shares_line && is_inline(snippet) {
            return vec![Edit::insert(end, format!(" {snippet}"))];
        }
        let rest = self.text[end..].len() - self.text[end..].trim_start().len();
        let before_close = end + rest == self.close;
        let after = if before_close && !ends_with_line_comment(snippet) {
            " "
        } else {
            new_line
        };
        vec![Edit::replace(
            end..end + rest,
            format!("{new_line}{snippet}{after}"),
        )]
    }

    /// Where the line of `at` ends, if only one comment on it follows `at`, which is then before the end.
    pub fn tail_of(&self, at: usize) -> Option<usize> {
        let end = line_end(self.text, at);
        if end >= self.close {
            return None;
        }
        let rest = self.text[at..end].trim_end_matches(is_blank);
        let tail = at + rest.len();
        let is_comment = || {
            self.comments
                .iter()
                .any(|comment| comment.end == tail && starts_after(self.text, at, comment.start))
        };
        (rest.is_empty() || is_comment()).then_some(tail)
    }
}

/// Whether `new` has every character of `old`, in the same order.
fn holds(new: &str, old: &str) -> bool {
    let mut new = new.chars();
    old.chars().all(|char| new.any(|other| other == char))
}

/// Whether only blanks lie between `at` and `start`.
fn starts_after(text: &str, at: usize, start: usize) -> bool {
    start >= at && text[at..start].trim().is_empty()
}
