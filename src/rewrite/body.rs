//! `Body`: what lies between two delimiters, as items, comments and the gaps between them.
//!
//! Lists, attribute sets, `let` bindings and the names of an `inherit` are laid out alike, so the layout is decided here for
//! all of them.

use std::ops::Range;

use rnix::SyntaxKind::TOKEN_COMMENT;
use rnix::ast::{self, HasEntry};
use rnix::{SyntaxNode, SyntaxToken};
use rowan::ast::AstNode;

use super::lines::{has_blank_line, indent_at, starts_line, trimmed};
use super::style::Style;
use crate::syntax::{range_of, to_range};

/// What a body is delimited by, and so how it may look when empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[ ]`: no blank lines are put between its items.
    List,
    /// `{ }`
    Set,
    /// `let` and `in`, or `inherit` and `;`.
    Words,
}

/// The inside of a pair of delimiters in `text`.
pub(super) struct Body<'t> {
    pub text: &'t str,
    pub kind: Kind,
    /// The opening delimiter.
    pub open: Range<usize>,
    /// Where the closing one begins.
    pub close: usize,
    pub items: Vec<Range<usize>>,
    /// Comments between the items, without the `\r` a line comment may end with.
    pub comments: Vec<Range<usize>>,
}

impl<'t> Body<'t> {
    fn new<T>(
        text: &'t str,
        kind: Kind,
        node: &SyntaxNode,
        delimiters: (Option<SyntaxToken>, Option<SyntaxToken>),
        items: impl Iterator<Item = T>,
    ) -> Body<'t>
    where
        T: AstNode<Language = rnix::NixLanguage>,
    {
        let (Some(open), Some(close)) = delimiters else {
            panic!("a tree without syntax errors has all its delimiters");
        };
        let tokens = node
            .children_with_tokens()
            .filter_map(|element| element.into_token());
        let comments = tokens
            .filter(|token| {
                token.kind() == TOKEN_COMMENT
                    && token.text_range().end() <= close.text_range().start()
            })
            .map(|token| trimmed(text, to_range(token.text_range())));
        Body {
            text,
            kind,
            open: to_range(open.text_range()),
            close: to_range(close.text_range()).start,
            items: items.map(|item| range_of(&item)).collect(),
            comments: comments.collect(),
        }
    }

    pub fn of_list(text: &'t str, list: &ast::List) -> Body<'t> {
        Body::new(
            text,
            Kind::List,
            list.syntax(),
            (list.l_brack_token(), list.r_brack_token()),
            list.items(),
        )
    }

    pub fn of_inherit(text: &'t str, inherit: &ast::Inherit) -> Body<'t> {
        let from_end = inherit.from().and_then(|from| from.r_paren_token());
        let open = from_end.or_else(|| inherit.inherit_token());
        let close = inherit.syntax().last_token();
        Body::new(
            text,
            Kind::Words,
            inherit.syntax(),
            (open, close),
            inherit.attrs(),
        )
    }

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
    pub fn item_indent(&self, index: usize, style: &Style) -> String {
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
            None => format!("{}{}", self.base_indent(), style.unit),
        }
    }

    /// One level of indentation inside an item that is indented by `indent`.
    pub fn unit<'a>(&self, indent: &'a str, style: &'a Style) -> &'a str {
        match indent.strip_prefix(self.base_indent()) {
            Some(step @ ("\t" | "  " | "   " | "    " | "        "))
                if self.gap(0).contains('\n') =>
            {
                step
            }
            _ => &style.unit,
        }
    }

    /// Whether blank lines separate the items around `index`, or a multi-line `snippet`'s like from its neighbours.
    pub fn wants_blank_line(&self, index: usize, snippet: &str) -> bool {
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

/// A node that holds bindings between delimiters: an attribute set or a `let`.
pub trait Bindings: HasEntry {
    /// Its delimiters and what they enclose.
    #[doc(hidden)]
    fn delimiters(&self) -> (Option<SyntaxToken>, Option<SyntaxToken>);
}

impl Bindings for ast::AttrSet {
    fn delimiters(&self) -> (Option<SyntaxToken>, Option<SyntaxToken>) {
        (self.l_curly_token(), self.r_curly_token())
    }
}

impl Bindings for ast::LegacyLet {
    fn delimiters(&self) -> (Option<SyntaxToken>, Option<SyntaxToken>) {
        (self.curly_open_token(), self.curly_close_token())
    }
}

impl Bindings for ast::LetIn {
    fn delimiters(&self) -> (Option<SyntaxToken>, Option<SyntaxToken>) {
        (self.let_token(), self.in_token())
    }
}

impl<'t> Body<'t> {
    pub fn of_bindings(text: &'t str, set: &impl Bindings) -> Body<'t> {
        let kind = if ast::LetIn::can_cast(set.syntax().kind()) {
            Kind::Words
        } else {
            Kind::Set
        };
        Body::new(text, kind, set.syntax(), set.delimiters(), set.entries())
    }

    /// The body that `entry` is an item of.
    pub fn around_entry(text: &'t str, entry: &ast::Entry) -> Option<Body<'t>> {
        let parent = entry.syntax().parent()?;
        if let Some(set) = ast::AttrSet::cast(parent.clone()) {
            return Some(Body::of_bindings(text, &set));
        }
        if let Some(set) = ast::LetIn::cast(parent.clone()) {
            return Some(Body::of_bindings(text, &set));
        }
        ast::LegacyLet::cast(parent).map(|set| Body::of_bindings(text, &set))
    }
}
