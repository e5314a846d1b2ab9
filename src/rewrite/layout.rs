//! How a body is laid out: on one line or on several, how deep, with or without blank lines.

use std::ops::Range;

use super::body::{Body, Kind};
use super::lines::{has_blank_line, indent_at, line_end, line_start, starts_line, trimmed};
use super::style::Style;

/// The columns that a line of new items may take.
const MAX_WIDTH: usize = 100;

impl<'t> Body<'t> {
    /// Whether nothing, not even a comment, stands between the delimiters.
    pub fn is_vacant(&self) -> bool {
        self.interior().trim().is_empty()
    }

    /// Whether no gap between items and delimiters has a line end; an item itself may span lines.
    pub fn is_inline(&self) -> bool {
        (0..=self.items.len()).all(|index| !self.gap(index).contains('\n'))
    }

    pub fn interior(&self) -> &'t str {
        &self.text[self.open.end..self.close]
    }

    /// From the first to the last item or comment.
    pub fn content(&self) -> Range<usize> {
        trimmed(self.text, self.open.end..self.close)
    }

    /// The text before the item at `index`, or before the closing delimiter.
    pub fn gap(&self, index: usize) -> &'t str {
        let start = if index == 0 {
            self.open.end
        } else {
            self.items[index - 1].end
        };
        let end = self.items.get(index).map_or(self.close, |item| item.start);
        &self.text[start..end]
    }

    /// Whether a list that ends its line becomes longer than people read by one more item. One that stands inside other
    /// brackets on that line stays: breaking the inner one alone would look odd.
    pub fn overflows_with(&self, item: &str) -> bool {
        let line = line_start(self.text, self.open.start)..line_end(self.text, self.close);
        let before = &self.text[line.start..self.open.start];
        let after = self.text[self.close + 1..line.end].trim_end();
        let is_outermost = before.trim_end().ends_with(['=', '+']) && !before.contains(['{', '(', '[']);
        let width = self.text[line].trim_end().chars().count() + 1 + item.chars().count();
        self.kind == Kind::List && is_outermost && after == ";" && width > MAX_WIDTH
    }

    pub fn is_multiline(&self, index: usize) -> bool {
        self.text[self.items[index].clone()].contains('\n')
    }

    /// The indentation of the delimiters.
    pub fn base_indent(&self) -> &'t str {
        let at = if starts_line(self.text, self.close) {
            self.close
        } else {
            self.open.start
        };
        indent_at(self.text, at)
    }

    /// The indentation for a new item next to the item at `index`: that of the nearest one which begins a line.
    pub fn item_indent(&self, index: usize, style: &Style<'_>) -> String {
        let begins_line = |at: usize| at > self.open.end && starts_line(self.text, at);
        let items = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| begins_line(item.start));
        let nearest = items
            .min_by_key(|(at, _)| at.abs_diff(index))
            .map(|(_, item)| item.start);
        let comment = || {
            self.comments
                .iter()
                .map(|comment| comment.start)
                .find(|at| begins_line(*at))
        };
        match nearest.or_else(|| {
            if self.items.is_empty() {
                comment()
            } else {
                None
            }
        }) {
            Some(at) => indent_at(self.text, at).to_string(),
            None => format!("{}{}", self.base_indent(), style.unit()),
        }
    }

    /// One level of indentation inside an item that is indented by `indent`.
    pub fn unit<'a>(&self, indent: &'a str, style: &Style<'a>) -> &'a str {
        match indent.strip_prefix(self.base_indent()) {
            Some(step @ ("\t" | "  " | "   " | "    " | "        "))
                if self.gap(0).contains('\n') =>
            {
                step
            }
            _ => style.unit(),
        }
    }

    /// Whether the binding before `index` is one of the same set, as `inputs.a.url` before `inputs.b.url`, without a blank
    /// line to the one before it.
    fn continues(&self, index: usize, snippet: &str) -> bool {
        let Some((head, _)) = snippet.split_once('.') else { return false };
        let is_kin = |line: &str| line.strip_prefix(head).is_some_and(|rest| rest.starts_with('.'));
        let is_one_line_kin = |index: usize| is_kin(&self.text[self.items[index].clone()]) && !self.is_multiline(index);
        let follows_kin = index > 0 && is_one_line_kin(index - 1) && snippet.lines().all(is_kin);
        let apart = index > 1 && is_one_line_kin(index - 2) && has_blank_line(self.gap(index - 1));
        self.kind == Kind::Set && follows_kin && !apart
    }

    /// Whether blank lines separate the items around `index`, or a multi-line `snippet`'s like from its neighbours.
    pub fn wants_blank_line(&self, index: usize, snippet: &str) -> bool {
        if self.continues(index, snippet) {
            return false;
        }
        let inner_gaps = 1..self.items.len();
        if self.kind == Kind::List || inner_gaps.is_empty() {
            return false;
        }
        let nearest = index.clamp(1, self.items.len() - 1);
        let beside_multiline = |gap: &usize| self.is_multiline(gap - 1) || self.is_multiline(*gap);
        has_blank_line(self.gap(nearest))
            || snippet.contains('\n')
                && inner_gaps
                    .filter(beside_multiline)
                    .any(|gap| has_blank_line(self.gap(gap)))
    }
}
