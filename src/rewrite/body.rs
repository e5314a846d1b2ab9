//! `Body`: what lies between two delimiters, as items, comments and the gaps between them.
//!
//! Lists, attribute sets and `let` bindings are laid out alike, so the layout is decided here for all of them.

mod literal;

use std::ops::Range;

use rnix::SyntaxKind::TOKEN_COMMENT;
use rnix::ast::{self, HasEntry};
use rnix::{SyntaxNode, SyntaxToken, TextRange};
use rowan::ast::AstNode;

use super::lines::trimmed;
use crate::syntax::{range_of, to_range};

/// What a body is delimited by, and so how it may look when empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[ ]`: no blank lines are put between its items.
    List,
    /// `{ }`
    Set,
    /// `let` and `in`.
    Words,
}

/// The inside of a pair of delimiters in `text`.
#[cfg_attr(test, derive(Debug, PartialEq))]
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
        let inside = TextRange::new(open.text_range().end(), close.text_range().start());
        let tokens = node
            .children_with_tokens()
            .filter_map(|element| element.into_token());
        let comments = tokens
            .filter(|token| {
                token.kind() == TOKEN_COMMENT && inside.contains_range(token.text_range())
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

/// A node that holds bindings between delimiters: an attribute set or a `let`.
pub trait Bindings: HasEntry {
    /// Its opening and its closing delimiter.
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
