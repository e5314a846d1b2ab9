//! Sets, `let` and `inherit`, and the names in them.

use std::cmp::Ordering;

use rnix::SyntaxKind::{self, *};

use super::super::{AttrName, Binding, Bindings, Expr, Inherit, InheritedAttr, Run};
use super::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn bindings(
        &mut self,
        is_recursive: bool,
        end: SyntaxKind,
    ) -> Parsed<Box<Bindings>> {
        let (mut inherits, bindings) = (Vec::new(), self.bindings.begin());
        while !self.eats(end) {
            if self.kind() == TOKEN_INHERIT {
                inherits.push(self.inherit()?);
            } else {
                let binding = self.binding()?;
                self.bindings.push(binding);
            }
        }
        let names = self.names.ended();
        let begun = self.bindings.since(bindings);
        begun.sort_by(|one, other| by_path(one.path.of(names), other.path.of(names)));
        Ok(Box::new(Bindings {
            is_recursive,
            inherits: inherits.into(),
            bindings: self.bindings.end(bindings),
        }))
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
        let start = self.start();
        self.expect(TOKEN_INHERIT)?;
        let from = match self.eats(TOKEN_L_PAREN) {
            true => Some(self.expr_before(TOKEN_R_PAREN)?),
            false => None,
        };
        let mut attrs = Vec::new();
        while !self.eats(TOKEN_SEMICOLON) {
            let (begin, is_ident) = (self.start(), is_ident(self.kind()));
            let name = self.attr()?;
            let variable = match &name {
                AttrName::Written(name, _) if is_ident => Some(self.add(begin, Expr::Ident(*name))),
                _ => None,
            };
            let span = self.span_from(begin);
            attrs.push(InheritedAttr {
                name,
                variable,
                span,
            });
        }
        let (attrs, span) = (attrs.into(), self.span_from(start));
        Ok(Inherit { from, attrs, span })
    }

    pub(super) fn attrpath(&mut self) -> Parsed<Run<AttrName>> {
        let path = self.names.begin();
        loop {
            let name = self.attr()?;
            self.names.push(name);
            if !self.eats(TOKEN_DOT) {
                return Ok(self.names.end(path));
            }
        }
    }

    pub(super) fn attr(&mut self) -> Parsed<AttrName> {
        let start = self.start();
        match self.kind() {
            kind if is_ident(kind) => Ok(AttrName::Written(self.name(), start)),
            TOKEN_INTERPOL_START => {
                let expr = self.hole()?;
                Ok(AttrName::Computed(expr, self.span_from(start)))
            }
            TOKEN_STRING_START => {
                let string = self.string()?;
                let span = self.span_from(start);
                Ok(match self.exprs[string.index()] {
                    Expr::Plain => {
                        AttrName::Written(self.intern(start as usize + 1, self.end() - 1), start)
                    }
                    _ => AttrName::Computed(string, span),
                })
            }
            _ => self.unexpected(),
        }
    }
}

/// The order of paths: of two names that are both computed, neither comes first.
fn by_path(one: &[AttrName], other: &[AttrName]) -> Ordering {
    let by_name = |(one, other): (&AttrName, &AttrName)| match (one, other) {
        (AttrName::Written(one, _), AttrName::Written(other, _)) => one.cmp(other),
        (AttrName::Written(..), AttrName::Computed(..)) => Ordering::Less,
        (AttrName::Computed(..), AttrName::Written(..)) => Ordering::Greater,
        (AttrName::Computed(..), AttrName::Computed(..)) => Ordering::Equal,
    };
    let mut differing = one.iter().zip(other).map(by_name);
    let first = differing.find(|order| order.is_ne());
    first.unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// Whether the token is a name where an attribute is named: there `or` is one.
fn is_ident(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_IDENT | TOKEN_OR)
}
