//! The tokens ahead, and the expressions that were made of those behind.

use rnix::SyntaxKind::{self, *};

use super::super::{Expr, ExprId, Name, Span};
use super::{END, Parsed, Parser};
use crate::syntax::SyntaxError;

impl<'t> Parser<'t> {
    pub(super) fn add(&mut self, start: u32, expr: Expr) -> ExprId {
        let id = ExprId(self.exprs.len() as u32);
        self.exprs.push(expr);
        let span = self.span_from(start);
        self.spans.push(span);
        id
    }

    pub(super) fn ident_name(&mut self) -> Parsed<Name> {
        match self.kind() {
            TOKEN_IDENT => Ok(self.name()),
            _ => self.unexpected(),
        }
    }

    /// The token here as a name; goes on behind it.
    pub(super) fn name(&mut self) -> Name {
        let span = self.bump_span();
        self.intern(span.start as usize, span.end as usize)
    }

    pub(super) fn intern(&self, start: usize, end: usize) -> Name {
        Name::from(&self.text[start..end])
    }

    pub(super) fn kind(&self) -> SyntaxKind {
        self.kind_ahead(0)
    }

    pub(super) fn kind_ahead(&self, tokens: usize) -> SyntaxKind {
        self.tokens
            .get(self.at + tokens)
            .map_or(END, |token| token.kind)
    }

    pub(super) fn bump(&mut self) {
        self.at += 1;
    }

    /// The text of the token here; goes on behind it.
    pub(super) fn token(&mut self) -> &'t str {
        &self.text[self.bump_span().range()]
    }

    /// Where the token here stands; goes on behind it.
    pub(super) fn bump_span(&mut self) -> Span {
        let start = self.start();
        self.bump();
        self.span_from(start)
    }

    pub(super) fn eats(&mut self, kind: SyntaxKind) -> bool {
        let is_here = self.kind() == kind;
        self.at += usize::from(is_here);
        is_here
    }

    pub(super) fn expect(&mut self, kind: SyntaxKind) -> Parsed<()> {
        match self.eats(kind) || (kind == END && self.kind() == END) {
            true => Ok(()),
            false => self.unexpected(),
        }
    }

    /// Where the token here begins.
    pub(super) fn start(&self) -> u32 {
        self.tokens
            .get(self.at)
            .map_or(self.text.len() as u32, |token| token.start)
    }

    /// Where the token before ends.
    pub(super) fn end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0, |token| token.end as usize)
    }

    pub(super) fn span_from(&self, start: u32) -> Span {
        let end = self.end() as u32;
        Span { start, end }
    }

    pub(super) fn unexpected<T>(&self) -> Parsed<T> {
        let here = self.tokens.get(self.at);
        Err(SyntaxError {
            message: "unexpected text".to_string(),
            range: here.map(|token| token.start as usize..token.end as usize),
        })
    }
}
