//! Strings and paths, with what they interpolate.

use rnix::SyntaxKind::*;

use super::super::{Expr, ExprId, PathPart, Str};
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
    pub(super) fn path(&mut self) -> Parsed<Box<[PathPart]>> {
        let mut parts = vec![PathPart::Known(self.bump_span())];
        if self.kind() != TOKEN_INTERPOL_START {
            return Ok(parts.into());
        }
        while self.start() as usize == self.end() {
            match self.kind() {
                TOKEN_PATH_REL | TOKEN_PATH_ABS | TOKEN_PATH_HOME => {
                    parts.push(PathPart::Known(self.bump_span()));
                }
                TOKEN_INTERPOL_START => parts.push(PathPart::Hole(self.hole()?)),
                _ => break,
            }
        }
        Ok(parts.into())
    }
}
