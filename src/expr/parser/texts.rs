//! Strings and paths, with what they interpolate.

use rnix::SyntaxKind::*;

use super::super::{Expr, ExprId, PathPart, Run, Str};
use super::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn string(&mut self) -> Parsed<ExprId> {
        let start = self.start();
        let opening = self.token();
        if opening == "\""
            && self.kind() == TOKEN_STRING_CONTENT
            && self.kind_ahead(1) == TOKEN_STRING_END
        {
            let is_plain = !self.token().contains(['\\', '$', '\r']);
            self.bump();
            let expr = match is_plain {
                true => Expr::Plain,
                false => Expr::Str(Box::new(Str::new(Box::default()))),
            };
            return Ok(self.add(start, expr));
        }
        let mut holes = Vec::new();
        loop {
            match self.kind() {
                TOKEN_STRING_CONTENT => self.bump(),
                TOKEN_INTERPOL_START => holes.push(self.hole()?),
                _ => break,
            }
        }
        self.expect(TOKEN_STRING_END)?;
        Ok(self.add(start, Expr::Str(Box::new(Str::new(holes.into())))))
    }

    /// `${a}`
    pub(super) fn hole(&mut self) -> Parsed<ExprId> {
        self.bump();
        self.expr_before(TOKEN_INTERPOL_END)
    }

    /// A path: its pieces stand side by side without a blank.
    pub(super) fn path(&mut self) -> Parsed<Run<PathPart>> {
        let parts = self.parts.begin();
        let first = PathPart::Known(self.bump_span());
        self.parts.push(first);
        if self.kind() != TOKEN_INTERPOL_START {
            return Ok(self.parts.end(parts));
        }
        while self.start() as usize == self.end() {
            let part = match self.kind() {
                TOKEN_PATH_REL | TOKEN_PATH_ABS | TOKEN_PATH_HOME => {
                    PathPart::Known(self.bump_span())
                }
                TOKEN_INTERPOL_START => PathPart::Hole(self.hole()?),
                _ => break,
            };
            self.parts.push(part);
        }
        Ok(self.parts.end(parts))
    }
}
