//! Formals of a function.

use std::ops::Range;

use rnix::SyntaxKind::{TOKEN_COMMA, TOKEN_COMMENT, TOKEN_ELLIPSIS, TOKEN_L_BRACE, TOKEN_R_BRACE};
use rnix::{SyntaxKind, ast};
use rowan::ast::AstNode;

use super::lines::{indent_at, is_blank, line_end, starts_line, trimmed};
use super::style::Style;
use crate::edit::Edit;
use crate::syntax::{range_of, to_range};

/// Adds `formal`, such as `a` or `a ? 1`, behind the last formal of `pattern`, in its comma style.
pub fn add_formal(text: &str, pattern: &ast::Pattern, formal: &str) -> Vec<Edit> {
    let Some(layout) = Layout::read(text, pattern) else {
        return Vec::new();
    };
    match (layout.last.clone(), layout.ellipsis.clone()) {
        (Some(last), _) => layout.add_after(last, formal),
        (None, Some(ellipsis)) => vec![layout.add_before_ellipsis(&ellipsis, formal)],
        (None, None) => vec![layout.fill(formal)],
    }
}

/// Makes what begins at `at` the body of a function that takes `formal` and whatever else it is given.
pub fn make_function(at: usize, formal: &str, style: &Style) -> Edit {
    let pattern = style.braces(&format!("{formal}, ..."));
    // As Alejandra writes it, and as nixfmt does.
    let between = if style.tight_braces() { " " } else { style.eol };
    Edit::insert(at, format!("{pattern}:{between}"))
}

/// Where the parts of a pattern stand.
struct Layout<'t> {
    text: &'t str,
    style: Style<'t>,
    inside: Range<usize>,
    last: Option<Range<usize>>,
    /// The comma behind the last formal.
    comma: Option<Range<usize>>,
    ellipsis: Option<Range<usize>>,
    comments: Vec<Range<usize>>,
}

impl<'t> Layout<'t> {
    fn read(text: &'t str, pattern: &ast::Pattern) -> Option<Layout<'t>> {
        let all = |kind: SyntaxKind| -> Vec<Range<usize>> {
            let tokens = pattern
                .syntax()
                .children_with_tokens()
                .filter_map(|element| element.into_token());
            tokens
                .filter(|token| token.kind() == kind)
                .map(|token| to_range(token.text_range()))
                .collect()
        };
        let inside = all(TOKEN_L_BRACE).first()?.end..all(TOKEN_R_BRACE).first()?.start;
        let last = pattern.pat_entries().last().map(|entry| range_of(&entry));
        let comma = last.as_ref().and_then(|last| {
            all(TOKEN_COMMA)
                .into_iter()
                .find(|comma| comma.start >= last.end)
        });
        Some(Layout {
            text,
            style: Style::near(text, inside.start),
            comma,
            last,
            ellipsis: all(TOKEN_ELLIPSIS).first().cloned(),
            comments: all(TOKEN_COMMENT)
                .into_iter()
                .map(|comment| trimmed(text, comment))
                .collect(),
            inside,
        })
    }

    fn fill(&self, formal: &str) -> Edit {
        let content = trimmed(self.text, self.inside.clone());
        if content.is_empty() {
            let pad = if self.style.tight_braces() { "" } else { " " };
            return Edit::replace(self.inside.clone(), format!("{pad}{formal}{pad}"));
        }
        Edit::insert(
            content.end,
            format!("{}{formal}", self.separator(content.end, content.start)),
        )
    }

    fn add_before_ellipsis(&self, ellipsis: &Range<usize>, formal: &str) -> Edit {
        let at = ellipsis.start;
        let between = if starts_line(self.text, at) {
            self.new_line(at)
        } else {
            " ".to_string()
        };
        Edit::insert(at, format!("{formal},{between}"))
    }

    fn add_after(&self, last: Range<usize>, formal: &str) -> Vec<Edit> {
        let Some(comma) = self.comma.clone() else {
            return self.add_comma_and(last, formal);
        };
        if starts_line(self.text, comma.start) {
            let at = self.tail_of(last.end).unwrap_or(last.end);
            return vec![Edit::insert(
                at,
                format!("{}, {formal}", self.new_line(comma.start)),
            )];
        }
        let own_line = starts_line(self.text, last.start)
            .then(|| self.tail_of(comma.end))
            .flatten();
        match (own_line, &self.ellipsis) {
            (Some(at), _) => vec![Edit::insert(
                at,
                format!("{}{formal},", self.new_line(last.start)),
            )],
            (None, Some(ellipsis)) => vec![self.add_before_ellipsis(ellipsis, formal)],
            (None, None) => vec![Edit::insert(comma.end, format!(" {formal},"))],
        }
    }

    /// The last formal has no comma behind it, so there is no ellipsis either.
    fn add_comma_and(&self, last: Range<usize>, formal: &str) -> Vec<Edit> {
        let leading = self.text[self.inside.start..last.start].trim_end();
        let comma_before = self.inside.start + leading.len().saturating_sub(1);
        let leads = leading.ends_with(',') && starts_line(self.text, comma_before);
        let tail = self.tail_of(last.end).unwrap_or(last.end);
        if leads {
            return vec![Edit::insert(
                tail,
                format!("{}, {formal}", self.new_line(comma_before)),
            )];
        }
        if !starts_line(self.text, last.start) {
            return vec![Edit::insert(last.end, format!(", {formal}"))];
        }
        let new = format!("{}{formal}", self.new_line(last.start));
        if tail == last.end {
            return vec![Edit::insert(tail, format!(",{new}"))];
        }
        vec![Edit::insert(last.end, ","), Edit::insert(tail, new)]
    }

    /// What separates code behind `end` from a comment that ends there and begins at `start`.
    fn separator(&self, end: usize, start: usize) -> String {
        let line_comment = self
            .comments
            .iter()
            .any(|comment| comment.end == end && self.text[comment.start..].starts_with('#'));
        if line_comment {
            self.new_line(start)
        } else {
            " ".to_string()
        }
    }

    fn new_line(&self, at: usize) -> String {
        format!("{}{}", self.style.eol, indent_at(self.text, at))
    }

    /// Where the line of `at` ends, if at most one comment follows `at` on it and the pattern goes on below.
    fn tail_of(&self, at: usize) -> Option<usize> {
        let end = line_end(self.text, at);
        if end >= self.inside.end {
            return None;
        }
        let tail = at + self.text[at..end].trim_end_matches(is_blank).len();
        let is_comment = |comment: &Range<usize>| {
            comment.end == tail
                && comment.start >= at
                && self.text[at..comment.start].trim().is_empty()
        };
        (tail == at || self.comments.iter().any(is_comment)).then_some(tail)
    }
}

#[cfg(test)]
mod tests;
