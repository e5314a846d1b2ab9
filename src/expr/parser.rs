//! Tokens to expressions: the grammar of rnix's parser, and none of its tolerance.
//!
//! Only tokens that the guard has let pass come here, so nothing is nested more deeply than the stack can bear.

use rnix::SyntaxKind::{self, *};
use rnix::ast::UnaryOpKind;
use rustc_hash::FxHashMap;

use super::operators::{self, Fixity, INVERT, LOOSEST, NEGATE};
use super::{
    AttrName, Binding, Bindings, Entry, Expr, ExprId, Exprs, Function, Inherit, InheritedAttr,
    Name, Param, PathPart, Pattern, Select, Span, Str,
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
        names: FxHashMap::default(),
    };
    let root = parser.expr()?;
    parser.expect(END)?;
    Ok(Exprs {
        exprs: parser.exprs,
        spans: parser.spans,
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
    names: FxHashMap<&'t str, Name>,
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
                self.expr_before(TOKEN_SEMICOLON)?;
                let body = self.expr()?;
                Ok(self.add(start, Expr::Assert(body)))
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
            self.entries(TOKEN_R_BRACE)?;
            return Ok(self.add(start, Expr::LegacyLet));
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
                let mut items = Vec::new();
                while !self.eats(TOKEN_R_BRACK) {
                    items.push(self.simple()?);
                }
                Expr::List(items.into())
            }
            TOKEN_STRING_START => return self.string(),
            TOKEN_PATH_REL => Expr::PathRel(self.path()?),
            TOKEN_PATH_ABS => Expr::PathAbs(self.path()?),
            TOKEN_PATH_HOME => {
                self.path()?;
                Expr::PathElsewhere
            }
            TOKEN_PATH_SEARCH => {
                self.bump();
                Expr::PathElsewhere
            }
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
        let body = self.expr()?;
        Ok(self.add(start, Expr::Lambda(Box::new(Function { param, body }))))
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
            let name = self.ident_name()?;
            let default = match self.eats(TOKEN_QUESTION) {
                true => Some(self.expr()?),
                false => None,
            };
            formals.push((name, default));
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

    fn bindings(&mut self, is_recursive: bool, end: SyntaxKind) -> Parsed<Box<Bindings>> {
        let entries = self.entries(end)?.into();
        Ok(Box::new(Bindings {
            is_recursive,
            entries,
        }))
    }

    /// The entries up to `end`, which is taken too.
    fn entries(&mut self, end: SyntaxKind) -> Parsed<Vec<Entry>> {
        let mut entries = Vec::new();
        while !self.eats(end) {
            entries.push(match self.eats(TOKEN_INHERIT) {
                true => Entry::Inherit(self.inherit()?),
                false => Entry::Binding(self.binding()?),
            });
        }
        Ok(entries)
    }

    fn binding(&mut self) -> Parsed<Binding> {
        let start = self.start();
        let path = self.attrpath()?;
        self.expect(TOKEN_ASSIGN)?;
        let value = self.expr_before(TOKEN_SEMICOLON)?;
        let span = self.span_from(start);
        Ok(Binding { path, value, span })
    }

    fn inherit(&mut self) -> Parsed<Inherit> {
        let from = match self.eats(TOKEN_L_PAREN) {
            true => Some(self.expr_before(TOKEN_R_PAREN)?),
            false => None,
        };
        let mut attrs = Vec::new();
        while !self.eats(TOKEN_SEMICOLON) {
            let (start, is_ident) = (self.start(), is_ident(self.kind()));
            let name = self.attr()?;
            let variable = match &name {
                AttrName::Written(name) if is_ident => {
                    Some(self.add(start, Expr::Ident(name.clone())))
                }
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

    fn attrpath(&mut self) -> Parsed<Box<[AttrName]>> {
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

    fn attr(&mut self) -> Parsed<AttrName> {
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

    fn string(&mut self) -> Parsed<ExprId> {
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
    fn hole(&mut self) -> Parsed<ExprId> {
        self.bump();
        self.expr_before(TOKEN_INTERPOL_END)
    }

    /// A path: its pieces stand side by side without a blank.
    fn path(&mut self) -> Parsed<Box<[PathPart]>> {
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

    fn add(&mut self, start: u32, expr: Expr) -> ExprId {
        let id = ExprId(self.exprs.len() as u32);
        self.exprs.push(expr);
        let span = self.span_from(start);
        self.spans.push(span);
        id
    }

    fn ident_name(&mut self) -> Parsed<Name> {
        match self.kind() {
            TOKEN_IDENT => Ok(self.name()),
            _ => self.unexpected(),
        }
    }

    /// The token here as a name; goes on behind it.
    fn name(&mut self) -> Name {
        let span = self.bump_span();
        self.intern(span.start as usize, span.end as usize)
    }

    fn intern(&mut self, start: usize, end: usize) -> Name {
        let name = &self.text[start..end];
        self.names
            .entry(name)
            .or_insert_with(|| Name::from(name))
            .clone()
    }

    fn kind(&self) -> SyntaxKind {
        self.kind_ahead(0)
    }

    fn kind_ahead(&self, tokens: usize) -> SyntaxKind {
        self.tokens
            .get(self.at + tokens)
            .map_or(END, |token| token.kind)
    }

    fn bump(&mut self) {
        self.at += 1;
    }

    /// The text of the token here; goes on behind it.
    fn token(&mut self) -> &'t str {
        &self.text[self.bump_span().range()]
    }

    /// Where the token here stands; goes on behind it.
    fn bump_span(&mut self) -> Span {
        let start = self.start();
        self.bump();
        self.span_from(start)
    }

    fn eats(&mut self, kind: SyntaxKind) -> bool {
        let is_here = self.kind() == kind;
        self.at += usize::from(is_here);
        is_here
    }

    fn expect(&mut self, kind: SyntaxKind) -> Parsed<()> {
        match self.eats(kind) || (kind == END && self.kind() == END) {
            true => Ok(()),
            false => self.unexpected(),
        }
    }

    /// Where the token here begins.
    fn start(&self) -> u32 {
        self.tokens
            .get(self.at)
            .map_or(self.text.len() as u32, |token| token.start)
    }

    /// Where the token before ends.
    fn end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0, |token| token.end as usize)
    }

    fn span_from(&self, start: u32) -> Span {
        let end = self.end() as u32;
        Span { start, end }
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        let here = self.tokens.get(self.at);
        Err(SyntaxError {
            message: "unexpected text".to_string(),
            range: here.map(|token| token.start as usize..token.end as usize),
        })
    }
}

/// Whether the token is a name where an attribute is named: there `or` is one.
fn is_ident(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_IDENT | TOKEN_OR)
}
