//! How a body is laid out: on one line or on several, how deep, with or without blank lines.

use std::ops::Range;

use super::body::{Body, Kind};
use super::lines::{has_blank_line, indent_at, starts_line, trimmed};
use super::style::Style;

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

    /// Whether a blank line separates `snippet` from its neighbours at `index`: as those of its family are separated from one
    /// another, else as the items around it are, or as multi-line ones are.
    pub fn wants_blank_line(&self, index: usize, snippet: &str) -> bool {
        if let Some(separated) = self.separates_family(index, snippet) {
            return separated;
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

    /// Whether a comment stands above the first item, which it is about, on a line of its own.
    pub fn opens_with_comment(&self) -> bool {
        let first = self.items.first().map(|item| item.start);
        let is_above = |comment: &Range<usize>| {
            Some(comment.start) < first && self.text[self.open.end..comment.start].contains('\n')
        };
        self.kind != Kind::List && self.comments.iter().any(is_above)
    }

    /// Whether an empty line is what it begins with, after what trails on the line of the opening delimiter.
    pub fn opens_with_blank_line(&self) -> bool {
        let rest = &self.text[self.tail_of(self.open.end).unwrap_or(self.open.end)..];
        has_blank_line(&rest[..rest.len() - rest.trim_start().len()])
    }

    /// Whether bindings that begin with the same name as `snippet`, such as `inputs.`, have blank lines between them just
    /// before the item at `index`; `None` if there is none.
    fn separates_family(&self, index: usize, snippet: &str) -> Option<bool> {
        let (name, _) = snippet
            .split_once('.')
            .filter(|(name, _)| !name.contains(['=', ' ', '\n']))?;
        let begins_alike = |index: usize| {
            let rest = self.text[self.items[index].clone()].strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let last = index.checked_sub(1).filter(|last| begins_alike(*last))?;
        let before = last.checked_sub(1).filter(|before| begins_alike(*before));
        Some(before.is_some() && has_blank_line(self.gap(last)))
    }
}
