//! Tokens to expressions: the grammar of rnix's parser, and none of its tolerance.
//!
//! Only tokens that the guard has let pass come here, so nothing is nested more deeply than the stack can bear.

mod bindings;
mod cursor;
mod texts;

use rnix::SyntaxKind::{self, *};
use rnix::ast::UnaryOpKind;

use super::operators::{self, Fixity, INVERT, LOOSEST, NEGATE};
use super::run::Runs;
use super::{
    AttrName, Binding, Expr, ExprId, Exprs, Formal, Function, Name, Param, PathPart, Pattern,
    Select, Span,
};
use crate::syntax::{SyntaxError, Token, tokens};

/// Expressions inside each other after which rnix gives up.
const MAX_DEPTH: u32 = 512;

/// What stands behind the last token; no token is of that kind.
const END: SyntaxKind = NODE_ROOT;

type Parsed<T> = Result<T, SyntaxError>;

/// The expressions of `text`.
pub(super) fn parse(text: &str) -> Parsed<Exprs> {
    let tokens = tokens(text)?;
    let few = tokens.len() / 2;
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        exprs: Vec::with_capacity(few),
        spans: Vec::with_capacity(few),
        items: Runs::default(),
        parts: Runs::default(),
        names: Runs::default(),
        bindings: Runs::default(),
    };
    let root = parser.expr()?;
    parser.expect(END)?;
    Ok(Exprs {
        exprs: parser.exprs.into(),
        spans: parser.spans.into(),
        items: parser.items.finish(),
        parts: parser.parts.finish(),
        names: parser.names.finish(),
        bindings: parser.bindings.finish(),
        root,
    })
}

struct Parser<'t> {
    text: &'t str,
    /// All but trivia.
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    exprs: Vec<Expr>,
    spans: Vec<Span>,
    items: Runs<ExprId>,
    parts: Runs<PathPart>,
    names: Runs<AttrName>,
    bindings: Runs<Binding>,
}

impl<'t> Parser<'t> {
    fn expr(&mut self) -> Parsed<ExprId> {
        if self.depth >= MAX_DEPTH {
            return self.unexpected();
        }
        self.depth += 1;
        let start = self.start();
        let expr = match self.kind() {
            TOKEN_LET => self.let_in(start),
            TOKEN_WITH => {
                self.bump();
                let set = self.expr_before(TOKEN_SEMICOLON)?;
                let body = self.expr()?;
                Ok(self.add(start, Expr::With(set, body)))
            }
            TOKEN_IF => {
                self.bump();
                let condition = self.expr_before(TOKEN_THEN)?;
                let then = self.expr_before(TOKEN_ELSE)?;
                let otherwise = self.expr()?;
                Ok(self.add(start, Expr::IfElse(condition, then, otherwise)))
            }
            TOKEN_ASSERT => {
                self.bump();
                let condition = self.expr_before(TOKEN_SEMICOLON)?;
                let body = self.expr()?;
                Ok(self.add(start, Expr::Assert(condition, body)))
            }
            _ => self.operation(LOOSEST),
        }?;
        self.depth -= 1;
        Ok(expr)
    }

    fn expr_before(&mut self, end: SyntaxKind) -> Parsed<ExprId> {
        let expr = self.expr()?;
        self.expect(end)?;
        Ok(expr)
    }

    fn let_in(&mut self, start: u32) -> Parsed<ExprId> {
        self.bump();
        if self.eats(TOKEN_L_BRACE) {
            let bindings = self.bindings(false, TOKEN_R_BRACE)?;
            return Ok(self.add(start, Expr::LegacyLet(bindings)));
        }
        let bindings = self.bindings(false, TOKEN_IN)?;
        let body = self.expr()?;
        Ok(self.add(start, Expr::LetIn(bindings, body)))
    }

    /// Operands and operators that bind at least as tightly as `level`.
    fn operation(&mut self, level: u8) -> Parsed<ExprId> {
        let start = self.start();
        let mut left = match self.kind() {
            TOKEN_INVERT if level <= INVERT => self.unary(UnaryOpKind::Invert, INVERT)?,
            TOKEN_SUB if level <= NEGATE => self.unary(UnaryOpKind::Negate, NEGATE)?,
            _ => self.application()?,
        };
        // An operator that does not associate leaves nothing that another one of its level could be applied to.
        let mut tightest = NEGATE;
        while let Some(found) = operators::of(self.kind())
            && (level..=tightest).contains(&found.level)
        {
            self.bump();
            let expr = match found.kind {
                Some(operator) => {
                    let right =
                        self.operation(found.level + u8::from(found.fixity != Fixity::Right))?;
                    Expr::Binary(operator, left, right)
                }
                None => Expr::HasAttr(left, self.attrpath()?),
            };
            left = self.add(start, expr);
            tightest = found.level - u8::from(found.fixity == Fixity::None);
        }
        Ok(left)
    }

    /// One such operator or many of them, which do not nest here as they do in what they say.
    fn unary(&mut self, operator: UnaryOpKind, level: u8) -> Parsed<ExprId> {
        let token = self.kind();
        let mut starts = Vec::new();
        while self.kind() == token {
            starts.push(self.start());
            self.bump();
        }
        let mut expr = self.operation(level)?;
        for start in starts.into_iter().rev() {
            expr = self.add(start, Expr::Unary(operator, expr));
        }
        Ok(expr)
    }

    fn application(&mut self) -> Parsed<ExprId> {
        let start = self.start();
        let mut function = self.simple()?;
        while self.kind().is_fn_arg() {
            let argument = self.simple()?;
            function = self.add(start, Expr::Apply(function, argument));
        }
        Ok(function)
    }

    /// What needs no parentheses, with the attributes that are selected from it.
    fn simple(&mut self) -> Parsed<ExprId> {
        let start = self.start();
        let base = self.primary()?;
        if self.eats(TOKEN_DOT) {
            let path = self.attrpath()?;
            let default = match self.eats(TOKEN_OR) {
                true => Some(self.simple()?),
                false => None,
            };
            let select = Select {
                base,
                path,
                default,
            };
            return Ok(self.add(start, Expr::Select(Box::new(select))));
        }
        if self.kind() == TOKEN_OR {
            // Nix takes `a or` for a call.
            let (start_of_or, name) = (self.start(), self.name());
            let argument = self.add(start_of_or, Expr::Ident(name));
            return Ok(self.add(start, Expr::Apply(base, argument)));
        }
        Ok(base)
    }

    fn primary(&mut self) -> Parsed<ExprId> {
        let start = self.start();
        let expr = match self.kind() {
            TOKEN_IDENT => return self.ident(),
            TOKEN_L_PAREN => {
                self.bump();
                Expr::Paren(self.expr_before(TOKEN_R_PAREN)?)
            }
            TOKEN_L_BRACE if self.is_pattern() => {
                let param = Param::Pattern(self.pattern(None, start)?);
                return self.lambda(start, param);
            }
            TOKEN_L_BRACE => {
                self.bump();
                Expr::AttrSet(self.bindings(false, TOKEN_R_BRACE)?)
            }
            TOKEN_REC => {
                self.bump();
                self.expect(TOKEN_L_BRACE)?;
                Expr::AttrSet(self.bindings(true, TOKEN_R_BRACE)?)
            }
            TOKEN_L_BRACK => {
                self.bump();
                let items = self.items.begin();
                while !self.eats(TOKEN_R_BRACK) {
                    let item = self.simple()?;
                    self.items.push(item);
                }
                Expr::List(self.items.end(items))
            }
            TOKEN_STRING_START => return self.string(),
            TOKEN_PATH_REL => Expr::PathRel(self.path()?),
            TOKEN_PATH_ABS => Expr::PathAbs(self.path()?),
            TOKEN_PATH_HOME | TOKEN_PATH_SEARCH => Expr::PathElsewhere(self.path()?),
            TOKEN_INTEGER => self.token().parse().map_or(Expr::Overflow, Expr::Int),
            TOKEN_FLOAT => self.token().parse().map_or(Expr::Overflow, Expr::Float),
            TOKEN_URI => {
                self.bump();
                Expr::Uri
            }
            _ => return self.unexpected(),
        };
        Ok(self.add(start, expr))
    }

    fn ident(&mut self) -> Parsed<ExprId> {
        let start = self.start();
        let name = self.name();
        match self.kind() {
            TOKEN_COLON => self.lambda(start, Param::Name(name)),
            TOKEN_AT => {
                self.bump();
                let pattern = self.pattern(Some(name), start)?;
                self.lambda(start, Param::Pattern(pattern))
            }
            _ if &*name == "__curPos" => Ok(self.add(start, Expr::CurPos)),
            _ => Ok(self.add(start, Expr::Ident(name))),
        }
    }

    fn lambda(&mut self, start: u32, param: Param) -> Parsed<ExprId> {
        self.expect(TOKEN_COLON)?;
        let first = ExprId(self.exprs.len() as u32);
        let body = self.expr()?;
        let function = Function { param, first, body };
        Ok(self.add(start, Expr::Lambda(Box::new(function))))
    }

    /// Whether the brace here begins the pattern of a function, told as Nix tells it: from two more tokens.
    fn is_pattern(&self) -> bool {
        matches!(
            (self.kind_ahead(1), self.kind_ahead(2)),
            (TOKEN_IDENT, TOKEN_COMMA | TOKEN_QUESTION | TOKEN_R_BRACE)
                | (TOKEN_ELLIPSIS, TOKEN_R_BRACE)
                | (TOKEN_R_BRACE, TOKEN_COLON | TOKEN_AT)
        )
    }

    /// The pattern whose brace is here; `at_name` is a name before it.
    fn pattern(&mut self, at_name: Option<Name>, start: u32) -> Parsed<Pattern> {
        self.expect(TOKEN_L_BRACE)?;
        let (mut formals, mut is_open) = (Vec::new(), false);
        while !self.eats(TOKEN_R_BRACE) {
            if self.eats(TOKEN_ELLIPSIS) {
                is_open = true;
                self.expect(TOKEN_R_BRACE)?;
                break;
            }
            let start = self.start();
            let name = self.ident_name()?;
            let default = match self.eats(TOKEN_QUESTION) {
                true => Some(self.expr()?),
                false => None,
            };
            formals.push(Formal {
                name,
                start,
                default,
            });
            if !self.eats(TOKEN_COMMA) {
                self.expect(TOKEN_R_BRACE)?;
                break;
            }
        }
        let at_name = match (at_name, self.kind()) {
            (None, TOKEN_AT) => {
                self.bump();
                Some(self.ident_name()?)
            }
            (before, _) => before,
        };
        Ok(Pattern {
            formals: formals.into(),
            at_name,
            is_open,
            span: self.span_from(start),
        })
    }
}
