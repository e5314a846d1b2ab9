//! Sets, `let` and `inherit`, and the names in them.

use rnix::SyntaxKind::{self, *};

use super::super::{AttrName, Binding, Bindings, Entry, Expr, Inherit, InheritedAttr};
use super::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn bindings(
        &mut self,
        is_recursive: bool,
        end: SyntaxKind,
    ) -> Parsed<Box<Bindings>> {
        let entries = self.entries(end)?.into();
        Ok(Box::new(Bindings {
            is_recursive,
            entries,
        }))
    }

    /// The entries up to `end`, which is taken too.
    pub(super) fn entries(&mut self, end: SyntaxKind) -> Parsed<Vec<Entry>> {
        let mut entries = Vec::new();
        while !self.eats(end) {
            entries.push(match self.eats(TOKEN_INHERIT) {
                true => Entry::Inherit(self.inherit()?),
                false => Entry::Binding(self.binding()?),
            });
        }
        Ok(entries)
    }

    pub(super) fn binding(&mut self) -> Parsed<Binding> {
        let start = self.start();
        let path = self.attrpath()?;
        self.expect(TOKEN_ASSIGN)?;
        let value = self.expr_before(TOKEN_SEMICOLON)?;
        let span = self.span_from(start);
        Ok(Binding { path, value, span })
    }

    pub(super) fn inherit(&mut self) -> Parsed<Inherit> {
        let from = match self.eats(TOKEN_L_PAREN) {
            true => Some(self.expr_before(TOKEN_R_PAREN)?),
            false => None,
        };
        let mut attrs = Vec::new();
        while !self.eats(TOKEN_SEMICOLON) {
            let (start, is_ident) = (self.start(), is_ident(self.kind()));
            let name = self.attr()?;
            let variable = match &name {
                AttrName::Written(name) if is_ident => Some(self.add(start, Expr::Ident(*name))),
                _ => None,
            };
            let span = self.span_from(start);
            attrs.push(InheritedAttr {
                name,
                variable,
                span,
            });
        }
        let attrs = attrs.into();
        Ok(Inherit { from, attrs })
    }

    pub(super) fn attrpath(&mut self) -> Parsed<Box<[AttrName]>> {
        let first = self.attr()?;
        if self.kind() != TOKEN_DOT {
            return Ok(Box::new([first]));
        }
        let mut path = vec![first];
        while self.eats(TOKEN_DOT) {
            path.push(self.attr()?);
        }
        Ok(path.into())
    }

    pub(super) fn attr(&mut self) -> Parsed<AttrName> {
        let start = self.start();
        match self.kind() {
            kind if is_ident(kind) => Ok(AttrName::Written(self.name())),
            TOKEN_INTERPOL_START => {
                let expr = self.hole()?;
                Ok(AttrName::Computed(expr, self.span_from(start)))
            }
            TOKEN_STRING_START => {
                let string = self.string()?;
                let span = self.span_from(start);
                Ok(match self.exprs[string.index()] {
                    Expr::Plain => {
                        AttrName::Written(self.intern(start as usize + 1, self.end() - 1))
                    }
                    _ => AttrName::Computed(string, span),
                })
            }
            _ => self.unexpected(),
        }
    }
}

/// Whether the token is a name where an attribute is named: there `or` is one.
fn is_ident(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_IDENT | TOKEN_OR)
}
