//! What a text says, for the evaluator: the expressions of one file without trivia, each with its place.
//!
//! rnix keeps every blank of a text, which edits need and evaluation does not, and which takes most of the time and memory
//! of a parse. Of the modules of a flake nearly all are only evaluated. So their expressions are made straight
//! from tokens, and the syntax tree of a file only where something is to be edited. What is read here says the
//! same as its tree, which the tests compare; what rnix lets pass and Nix does not may be refused.

mod duplicates;
mod name;
mod operators;
mod parser;
mod run;
mod uses;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::ops::{Index, Range};
use std::rc::Rc;

use rnix::SyntaxKind::TOKEN_L_BRACE;
use rnix::ast::{self, BinOpKind, InterpolPart, UnaryOpKind};

use crate::syntax::{Opening, SyntaxError, first_token};

pub use self::name::{Name, NameMap};
pub use self::run::Run;
pub use self::uses::{Binder, GLOBALS, Use};

/// The expressions of one text.
#[derive(Debug)]
pub struct Exprs {
    exprs: Box<[Expr]>,
    /// Where each of them stands.
    spans: Box<[Span]>,
    items: Box<[ExprId]>,
    parts: Box<[PathPart]>,
    names: Box<[AttrName]>,
    bindings: Box<[Binding]>,
    root: ExprId,
}

/// Which expression of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExprId(u32);

/// A place in the text of at most 1 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

/// An expression.
#[derive(Debug)]
pub enum Expr {
    /// A variable.
    Ident(Name),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A number that Nix cannot hold.
    Overflow,
    /// A URL without quotes.
    Uri,
    /// A string in double quotes that says what stands between them.
    Plain,
    /// Any other string.
    Str(Box<Str>),
    /// A path that begins with a dot or a name.
    PathRel(Run<PathPart>),
    /// A path that begins with a slash.
    PathAbs(Run<PathPart>),
    /// `~/a` or `<a>`
    PathElsewhere(Run<PathPart>),
    /// `[ a b ]`
    List(Run<ExprId>),
    /// `{ a = b; }`
    AttrSet(Box<Bindings>),
    /// `let a = b; in c`
    LetIn(Box<Bindings>, ExprId),
    /// `with a; b`
    With(ExprId, ExprId),
    /// `a: b`
    Lambda(Box<Function>),
    /// `function argument`
    Apply(ExprId, ExprId),
    /// `a.b or c`
    Select(Box<Select>),
    /// `a ? b.c`
    HasAttr(ExprId, Run<AttrName>),
    /// `if a then b else c`
    IfElse(ExprId, ExprId, ExprId),
    /// `assert a; b`
    Assert(ExprId, ExprId),
    /// `a + b`
    Binary(BinOpKind, ExprId, ExprId),
    /// `!a`
    Unary(UnaryOpKind, ExprId),
    /// `(a)`
    Paren(ExprId),
    /// `let { body = a; }`
    LegacyLet(Box<Bindings>),
    /// `__curPos`
    CurPos,
}

/// A string with its interpolations. What it says is worked out when it is asked for.
#[derive(Debug)]
pub struct Str {
    holes: Box<[ExprId]>,
    parts: OnceCell<Box<[StrPart]>>,
}

/// A part of what a string says.
#[derive(Debug, Clone)]
pub enum StrPart {
    /// Text, its escapes resolved and its indentation taken off.
    Known(Rc<str>),
    /// `${a}`
    Hole(ExprId),
}

/// A part of a path.
#[derive(Debug)]
pub enum PathPart {
    /// Text as it stands.
    Known(Span),
    /// `${a}`
    Hole(ExprId),
}

/// The bindings of a set or a `let`.
#[derive(Debug)]
pub struct Bindings {
    /// Whether it begins with `rec`.
    pub is_recursive: bool,
    /// Each `inherit`, in the order of the text.
    pub inherits: Box<[Inherit]>,
    /// The others in the order of their paths, so that those which begin alike stand together; among equal paths, in the
    /// order of the text. A computed name comes after every written one.
    pub bindings: Run<Binding>,
}

/// `inherit (from) a b;`
#[derive(Debug)]
pub struct Inherit {
    /// The set that the names are taken from; else the scope.
    pub from: Option<ExprId>,
    /// The names.
    pub attrs: Box<[InheritedAttr]>,
    /// From `inherit` to the semicolon.
    pub span: Span,
}

/// A name of an `inherit`.
#[derive(Debug)]
pub struct InheritedAttr {
    /// The name.
    pub name: AttrName,
    /// The name as a variable, where it is an identifier.
    pub variable: Option<ExprId>,
    /// Where it stands.
    pub span: Span,
}

/// `a.b = c;`
#[derive(Debug)]
pub struct Binding {
    /// At least one name.
    pub path: Run<AttrName>,
    /// What they are bound to.
    pub value: ExprId,
    /// From the first name to the semicolon.
    pub span: Span,
}

/// The name of an attribute.
#[derive(Debug, Clone, Copy)]
pub enum AttrName {
    /// It is written down, from this byte on.
    Written(Name, u32),
    /// It is computed by this expression, and written at this place.
    Computed(ExprId, Span),
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// What it takes.
    pub param: Param,
    /// The first expression that stands in the body; `body` is the last.
    first: ExprId,
    /// What it gives.
    pub body: ExprId,
}

/// What a function takes.
#[derive(Debug)]
pub enum Param {
    /// Anything, by this name.
    Name(Name),
    /// A set.
    Pattern(Pattern),
}

/// `{ a, b ? c, ... }@name`
#[derive(Debug)]
pub struct Pattern {
    /// The names that it takes one by one.
    pub formals: Box<[Formal]>,
    /// The name for the whole set.
    pub at_name: Option<Name>,
    /// Whether it takes further attributes.
    pub is_open: bool,
    /// Where it stands, with the name for the whole set.
    pub span: Span,
}

/// `a` or `a ? b` in a pattern.
#[derive(Debug)]
pub struct Formal {
    /// The name.
    pub name: Name,
    start: u32,
    /// What it is where the set lacks it.
    pub default: Option<ExprId>,
}

/// `base.path or default`
#[derive(Debug)]
pub struct Select {
    /// What is selected from.
    pub base: ExprId,
    /// At least one name.
    pub path: Run<AttrName>,
    /// What it is where there is no such attribute.
    pub default: Option<ExprId>,
}

impl Exprs {
    /// The expressions of `text`.
    ///
    /// # Errors
    /// Where it is no Nix; the parser that makes trees says more of the reason.
    pub fn parse(text: &str) -> Result<Exprs, SyntaxError> {
        parser::parse(text)
    }

    /// The items of a list.
    pub fn items(&self, run: Run<ExprId>) -> &[ExprId] {
        run.of(&self.items)
    }

    /// The parts of a path.
    pub fn parts(&self, run: Run<PathPart>) -> &[PathPart] {
        run.of(&self.parts)
    }

    /// The bindings of a set whose paths begin with that name; among equal paths, in the order of the text.
    pub fn bindings_of<'e>(
        &'e self,
        set: &Bindings,
        name: &'e str,
    ) -> impl Iterator<Item = &'e Binding> + use<'e> {
        let all = self.bindings(set.bindings).iter();
        all.filter(move |binding| self.names(binding.path)[0].is(name))
    }

    /// The names of a path of attributes.
    pub fn names(&self, run: Run<AttrName>) -> &[AttrName] {
        run.of(&self.names)
    }

    /// The bindings of a set or a `let`.
    pub fn bindings(&self, run: Run<Binding>) -> &[Binding] {
        run.of(&self.bindings)
    }

    /// The binding of that index among all of the file.
    pub fn binding(&self, index: usize) -> &Binding {
        &self.bindings[index]
    }

    /// Every variable of the file in source order, with what binds it. Attribute names and names in `inherit (e) x` are
    /// none. `text` is what was read.
    pub fn uses(&self, text: &str) -> Vec<Use> {
        uses::uses(self, text)
    }

    /// The second and later definitions, in source order, of what Nix lets be defined once. `text` is what was read.
    pub fn duplicates(&self, text: &str) -> Vec<Range<usize>> {
        duplicates::duplicates(self, text)
    }

    /// What opens the sets, lists and patterns of the file, in no particular order. `text` is what was read.
    pub fn openings(&self, text: &str) -> impl Iterator<Item = Opening> {
        // Behind `rec`, `let` or the name for a whole set.
        let brace = |span: Span| first_token(text, span.range(), TOKEN_L_BRACE).map(Opening::Brace);
        let all = self.exprs.iter().zip(&self.spans);
        all.filter_map(move |(expr, span)| match expr {
            Expr::List(_) => Some(Opening::Bracket(span.range().start)),
            Expr::AttrSet(_) | Expr::LegacyLet(_) => brace(*span),
            Expr::Lambda(function) => brace(function.param.pattern()?.span),
            _ => None,
        })
    }

    /// Every expression, what is inside another one before it.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = ExprId> {
        (0..self.exprs.len() as u32).map(ExprId)
    }

    /// The expression that the file is.
    pub fn root(&self) -> ExprId {
        self.root
    }

    /// Where an expression stands.
    pub fn range(&self, id: ExprId) -> Range<usize> {
        self.span(id).range()
    }

    /// Where an expression stands.
    pub fn span(&self, id: ExprId) -> Span {
        self.spans[id.index()]
    }

    /// The expression of that kind with exactly this range.
    pub fn find(&self, range: &Range<usize>, is_kind: impl Fn(&Expr) -> bool) -> Option<ExprId> {
        // An expression is added when its last token is taken.
        let first = self
            .spans
            .partition_point(|span| (span.end as usize) < range.end);
        let ends_here = self.spans[first..].iter().zip(first as u32..);
        ends_here
            .take_while(|(span, _)| span.end as usize == range.end)
            .filter(|(span, _)| span.start as usize == range.start)
            .map(|(_, index)| ExprId(index))
            .find(|id| is_kind(&self[*id]))
    }

    /// Whether there is an expression of that kind.
    pub fn any(&self, is_kind: impl Fn(&Expr) -> bool) -> bool {
        self.exprs.iter().any(is_kind)
    }

    /// The set that `id` is in the end: what the body of a function, of a `let`, `with` or `assert` is.
    pub fn final_set(&self, id: ExprId) -> Option<ExprId> {
        let mut id = id;
        loop {
            id = match &self[id] {
                Expr::AttrSet(_) => return Some(id),
                Expr::Lambda(function) => function.body,
                Expr::LetIn(_, body)
                | Expr::With(_, body)
                | Expr::Assert(_, body)
                | Expr::Paren(body) => *body,
                _ => return None,
            };
        }
    }

    /// Whether the body of a function names this variable, whatever it means there. Defaults are taken to name any.
    pub fn may_use(&self, function: &Function, name: Name) -> bool {
        let body = &self.exprs[function.first.index()..=function.body.index()];
        let is_it = |expr: &Expr| matches!(expr, Expr::Ident(variable) if *variable == name);
        let has_default = |formal: &Formal| formal.default.is_some();
        function.param.formals().iter().any(has_default) || body.iter().any(is_it)
    }

    /// The expression inside any number of parentheses.
    pub fn unwrap_parens(&self, mut id: ExprId) -> ExprId {
        while let Expr::Paren(inner) = self[id] {
            id = inner;
        }
        id
    }
}

impl Index<ExprId> for Exprs {
    type Output = Expr;

    fn index(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }
}

impl ExprId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

impl Span {
    /// The whole of `text`.
    pub fn whole(text: &str) -> Span {
        Span {
            start: 0,
            end: u32::try_from(text.len()).unwrap_or(u32::MAX),
        }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Str {
    fn new(holes: Box<[ExprId]>) -> Str {
        Str {
            holes,
            parts: OnceCell::new(),
        }
    }

    /// What it says. `source` is the string as it is written: rnix knows escapes and indentation.
    pub fn parts(&self, source: &str) -> &[StrPart] {
        self.parts.get_or_init(|| self.read(source))
    }

    fn read(&self, source: &str) -> Box<[StrPart]> {
        let root = ast::Root::parse(source).tree();
        let Some(ast::Expr::Str(string)) = root.expr() else {
            return Box::default();
        };
        let mut holes = self.holes.iter();
        let part = |part| match part {
            InterpolPart::Literal(known) => Some(StrPart::Known(Rc::from(known))),
            InterpolPart::Interpolation(_) => holes.next().map(|hole| StrPart::Hole(*hole)),
        };
        let parts = string.normalized_parts().into_iter();
        parts.filter_map(part).collect()
    }
}

impl AttrName {
    /// Whether it is that name, written down.
    pub fn is(&self, wanted: &str) -> bool {
        matches!(self, AttrName::Written(name, _) if **name == *wanted)
    }

    /// Where it stands in `text`, which was read, with its quotes if it has any.
    pub fn range(&self, text: &str) -> Range<usize> {
        match self {
            AttrName::Written(name, start) => {
                let start = *start as usize;
                let quotes = 2 * usize::from(text[start..].starts_with('"'));
                start..start + name.len() + quotes
            }
            AttrName::Computed(_, span) => span.range(),
        }
    }
}

impl Formal {
    /// Where the name stands.
    fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.name.len()
    }
}

impl Pattern {
    /// Where the name for the whole set, which is `name`, stands.
    fn range_of(&self, name: Name, text: &str) -> Range<usize> {
        let Range { start, end } = self.span.range();
        match text[start..].starts_with('{') {
            true => end - name.len()..end,
            false => start..start + name.len(),
        }
    }
}

impl Param {
    /// The pattern, if it is one.
    pub fn pattern(&self) -> Option<&Pattern> {
        match self {
            Param::Name(_) => None,
            Param::Pattern(pattern) => Some(pattern),
        }
    }

    /// The formals of a pattern.
    pub fn formals(&self) -> &[Formal] {
        match self {
            Param::Name(_) => &[],
            Param::Pattern(pattern) => &pattern.formals,
        }
    }
}
