//! Takes an item out of a body, with the white space that was there for it alone.

use std::ops::Range;

use super::body::{Body, Kind};
use super::lines::{line_start, next_line, starts_line};
use super::style::Style;
use crate::edit::Edit;

/// What becomes of the comment block directly above a removed item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    Keep,
    Remove,
}

impl Body<'_> {
    /// The edit that removes the item at `index`.
    pub fn remove(&self, index: usize, above: Above) -> Edit {
        let item = self.items[index].clone();
        let start = match above {
            Above::Keep => item.start,
            Above::Remove => self.comment_block_above(item.start),
        };
        let tail = self.tail_of(item.end);
        let owned = start..tail.filter(|_| self.begins(start)).unwrap_or(item.end);
        let is_alone = self.text[self.open.end..owned.start].trim().is_empty()
            && self.text[owned.end..self.close].trim().is_empty();
        if is_alone {
            return Edit::replace(self.open.end..self.close, self.empty_interior());
        }
        if tail.is_some() && starts_line(self.text, start) && start > self.open.end {
            return Edit::delete(self.whole_lines(owned));
        }
        let cut = self.part_of_line(owned);
        let glues = self.is_solid_at(cut.start.saturating_sub(1)) && self.is_solid_at(cut.end);
        Edit::replace(cut, if glues { " " } else { "" })
    }

    /// Whether nothing but the item at `index`, and the comment trailing on its line, stands in the body.
    pub fn is_empty_without(&self, index: usize) -> bool {
        let item = &self.items[index];
        let end = self.tail_of(item.end).unwrap_or(item.end);
        self.text[self.open.end..item.start].trim().is_empty()
            && self.text[end..self.close].trim().is_empty()
    }

    /// Whether the byte at `at` belongs to an item or a comment.
    fn is_solid_at(&self, at: usize) -> bool {
        (self.open.end..self.close).contains(&at) && !self.text.as_bytes()[at].is_ascii_whitespace()
    }

    /// Whether what begins at `start` is the first on its line, or after the opening delimiter.
    fn begins(&self, start: usize) -> bool {
        self.text[line_start(self.text, start).max(self.open.end)..start]
            .trim()
            .is_empty()
    }

    /// Where the comments begin that stand on lines of their own, directly above `item` without a blank line between.
    fn comment_block_above(&self, item: usize) -> usize {
        let mut start = item;
        for comment in self
            .comments
            .iter()
            .rev()
            .filter(|comment| comment.end <= item)
        {
            let gap = &self.text[comment.end..start];
            let is_next = gap.trim().is_empty() && gap.matches('\n').count() == 1;
            if !is_next || !starts_line(self.text, comment.start) || comment.start < self.open.end {
                break;
            }
            start = comment.start;
        }
        start
    }

    fn empty_interior(&self) -> String {
        let on_lines = self.interior().contains('\n');
        let was_tight = self.interior() == self.interior().trim();
        let style = Style::near(self.text, self.open.end);
        match self.kind {
            Kind::Words if on_lines => format!("{}{}", style.eol, self.base_indent()),
            Kind::Words => " ".to_string(),
            _ if was_tight || on_lines && style.tight_braces() => String::new(),
            _ => " ".to_string(),
        }
    }

    /// The lines of `owned`, with the blank lines that would otherwise be doubled or stand next to a delimiter.
    fn whole_lines(&self, owned: Range<usize>) -> Range<usize> {
        let mut start = line_start(self.text, owned.start);
        let mut end = next_line(self.text, owned.end);
        let before = &self.text[self.open.end..start];
        let after = &self.text[end..self.close];
        let first_after = after.len() - after.trim_start().len();
        let content_before = self.open.end + before.trim_end().len();
        let follows_blank = self.text[content_before..start].matches('\n').count() > 1;
        if before.trim().is_empty() || (follows_blank && first_after < after.len()) {
            end = line_start(self.text, end + first_after).max(end);
        }
        if first_after == after.len() && starts_line(self.text, self.close) {
            start = next_line(self.text, content_before);
            end = line_start(self.text, self.close);
        }
        start..end
    }

    /// `owned` with the white space on the side where a neighbour stays.
    fn part_of_line(&self, owned: Range<usize>) -> Range<usize> {
        let before = self.open.end + self.text[self.open.end..owned.start].trim_end().len();
        let after = self.close - self.text[owned.end..self.close].trim_start().len();
        let gap_before = &self.text[before..owned.start];
        let is_first = before == self.open.end;
        let ends_with_comment = self
            .comments
            .iter()
            .any(|comment| comment.end == before && self.text[comment.clone()].starts_with('#'));
        if is_first || ends_with_comment || (gap_before.contains('\n') && after < self.close) {
            owned.start..after
        } else {
            before..owned.end
        }
    }
}

#[cfg(test)]
mod tests;
